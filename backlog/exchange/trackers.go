package exchange

// linearColumns are the headers of Linear's exports. Older ones have neither ids nor links.
func linearColumns() Columns {
	return Columns{
		Format:    LinearCSV,
		Signature: []string{"title", "team", "cycle number|cycle name|cycle start"},
		never:     "statuscategory", // it is in a plain table that was written of such a file
		Names: map[string]Column{
			"id":                {Field: FieldKey},
			"uuid":              {Field: FieldID},
			"title":             {Field: FieldTitle},
			"description":       {Field: FieldDescription},
			"status":            {Field: FieldStatus},
			"estimate":          {Field: FieldPoints},
			"priority":          {Field: FieldPriority},
			"assignee":          {Field: FieldAssignee},
			"labels":            {Field: FieldLabels, Split: ",;"},
			"cycle name":        {Field: FieldSprints},
			"cycle start":       {bound: sprintStart},
			"cycle end":         {bound: sprintEnd},
			"created":           {Field: FieldCreated},
			"updated":           {Field: FieldUpdated},
			"started":           {Field: FieldStarted},
			"completed":         {Field: FieldDone},
			"canceled":          {Field: FieldDone, givenUp: true},
			"due date":          {Field: FieldDue},
			"parent issue":      {Field: FieldParent},
			"project milestone": {Field: FieldReleases},
			"related to":        {Field: FieldLink, Meaning: Relates},
			"blocked by":        {Field: FieldLink, Meaning: Needs},
			"blocks|blocking":   {Field: FieldLink, Meaning: Needs, Inward: true},
			"duplicate of":      {Field: FieldLink, Meaning: Duplicates},
		},
		firstPriority: 1, // 0 is none
	}
}

// azureColumns are the headers of queries in Azure DevOps: any columns, and for a tree one of titles for each level.
func azureColumns() Columns {
	c := Columns{
		Format:    AzureCSV,
		Signature: []string{"work item type", "title|title 1", "state|assigned to|tags|id|area path"},
		Names: map[string]Column{
			"id":                                  {Field: FieldKey},
			"work item type":                      {Field: FieldKind},
			"title":                               {Field: FieldTitle},
			"description":                         {Field: FieldDescription},
			"state":                               {Field: FieldStatus},
			"state category":                      {Field: FieldCategory},
			"story points|effort|size":            {Field: FieldPoints},
			"original estimate":                   {Field: FieldEstimated, Unit: "h"},
			"remaining work":                      {Field: FieldRemaining, Unit: "h"},
			"completed work":                      {Field: FieldSpent, Unit: "h"},
			"priority":                            {Field: FieldPriority},
			"tags":                                {Field: FieldLabels, Split: ";|"},
			"assigned to":                         {Field: FieldAssignee},
			"parent":                              {Field: FieldParent},
			"iteration path":                      {Field: FieldSprints},
			"created date":                        {Field: FieldCreated},
			"changed date":                        {Field: FieldUpdated},
			"activated date":                      {Field: FieldStarted},
			"closed date":                         {Field: FieldDone},
			"due date|target date":                {Field: FieldDue},
			"acceptance criteria":                 {Field: FieldCriteria},
			"predecessor|predecessors|depends on": {Field: FieldLink, Meaning: Needs},
			"successor|successors":                {Field: FieldLink, Meaning: Needs, Inward: true},
			"related|related work":                {Field: FieldLink, Meaning: Relates},
			"duplicate of":                        {Field: FieldLink, Meaning: Duplicates},
		},
		firstPriority: 1,
	}
	const levels = "123456789"
	for i := range levels {
		c.Names["title "+levels[i:i+1]] = Column{Field: FieldTitle, Depth: i + 1}
	}
	return c
}

// gitLabColumns are the headers of GitLab's export of issues.
func gitLabColumns() Columns {
	return Columns{
		Format:    GitLabCSV,
		Signature: []string{"issue id", "title", "state", "url", "author|author username"},
		Names: map[string]Column{
			"issue id":             {Field: FieldKey},
			"title":                {Field: FieldTitle},
			"description":          {Field: FieldDescription},
			"type":                 {Field: FieldKind},
			"state":                {Field: FieldStatus},
			"status":               {Field: FieldStatus},
			"assignee":             {Field: FieldAssignee},
			"weight":               {Field: FieldPoints},
			"labels":               {Field: FieldLabels, Split: ","},
			"milestone":            {Field: FieldReleases},
			"iteration":            {Field: FieldSprints},
			"due date":             {Field: FieldDue},
			"created at (utc)":     {Field: FieldCreated, UTC: true},
			"updated at (utc)":     {Field: FieldUpdated, UTC: true},
			"closed at (utc)":      {Field: FieldDone, UTC: true},
			"created at":           {Field: FieldCreated},
			"updated at":           {Field: FieldUpdated},
			"closed at":            {Field: FieldDone},
			"time estimate":        {Field: FieldEstimated},
			"time spent":           {Field: FieldSpent},
			"parent id|parent iid": {Field: FieldParent},
		},
	}
}

// asanaColumns are the headers of Asana's export of a project. A task is done when it has a date of completion,
// whatever its section is.
func asanaColumns() Columns {
	return Columns{
		Format:    AsanaCSV,
		Signature: []string{"task id", "name", "section/column|completed at|last modified"},
		Names: map[string]Column{
			"task id":                   {Field: FieldKey},
			"name":                      {Field: FieldTitle},
			"notes":                     {Field: FieldDescription},
			"section/column|section":    {Field: FieldStatus},
			"assignee":                  {Field: FieldAssignee},
			"tags":                      {Field: FieldLabels, Split: ","},
			"priority":                  {Field: FieldPriority},
			"created at":                {Field: FieldCreated},
			"last modified":             {Field: FieldUpdated},
			"completed at":              {Field: FieldDone},
			"due date":                  {Field: FieldDue},
			"parent task":               {Field: FieldParent},
			"blocked by (dependencies)": {Field: FieldLink, Meaning: Needs, Word: "blocked by"},
			"blocking (dependencies)":   {Field: FieldLink, Meaning: Needs, Inward: true, Word: "blocking"},
			"story points|points":       {Field: FieldPoints},
		},
		doneByDate: true,
	}
}

// shortcutColumns are the headers of Shortcut's export of stories.
func shortcutColumns() Columns {
	return Columns{
		Format:    ShortcutCSV,
		Signature: []string{"name", "requester|requested by|is a blocker|external ticket count|epic state", "type|story type|owners", "state|is completed"},
		Names: map[string]Column{
			"id":              {Field: FieldKey},
			"name":            {Field: FieldTitle},
			"type|story type": {Field: FieldKind},
			"description":     {Field: FieldDescription},
			"state":           {Field: FieldStatus},
			"is completed":    {Field: FieldCategory},
			"owners":          {Field: FieldAssignee},
			"created at":      {Field: FieldCreated},
			"updated at":      {Field: FieldUpdated},
			"started at":      {Field: FieldStarted},
			"completed at":    {Field: FieldDone},
			"due date":        {Field: FieldDue},
			"estimate":        {Field: FieldPoints},
			"priority":        {Field: FieldPriority},
			"labels":          {Field: FieldLabels, Split: ",;"},
			"epic":            {Field: FieldParent},
			"iteration":       {Field: FieldSprints},
		},
	}
}

// redmineColumns are the headers of Redmine's list of issues, in several languages.
func redmineColumns() Columns {
	return Columns{
		Format:    RedmineCSV,
		Signature: []string{"#", "tracker|tipo|tipo de petición", "subject|thema|sujet|asunto|assunto|título|temat|тема|onderwerp|oggetto"},
		Names: map[string]Column{
			"#":                             {Field: FieldKey},
			"tracker|tipo|tipo de petición": {Field: FieldKind},
			"subject|thema|sujet|asunto|assunto|título|temat|тема|onderwerp|oggetto":         {Field: FieldTitle},
			"description|beschreibung|descripción|descrição":                                 {Field: FieldDescription},
			"status|statut|estado|stan|stato|situação":                                       {Field: FieldStatus},
			"priority|priorität|priorité|prioridad|prioridade|priorytet":                     {Field: FieldPriority},
			"assignee|assigned to|zugewiesen an|assigné à|asignado a|atribuído para":         {Field: FieldAssignee},
			"parent task|übergeordnete aufgabe|tâche parente|tarea padre|tarefa pai":         {Field: FieldParent},
			"target version|zielversion|version cible|versión prevista|versão":               {Field: FieldReleases},
			"created|angelegt|créé|creado|criado":                                            {Field: FieldCreated},
			"updated|aktualisiert|mis à jour|actualizado|alterado":                           {Field: FieldUpdated},
			"closed|geschlossen|fermé|cerrado|fechado":                                       {Field: FieldDone},
			"due date|abgabedatum|echéance|échéance|fecha fin|data prevista":                 {Field: FieldDue},
			"estimated time|geschätzter aufwand|temps estimé|tiempo estimado|tempo estimado": {Field: FieldEstimated, Unit: "h"},
			"spent time|aufgewendete zeit|temps passé|tiempo dedicado|tempo gasto":           {Field: FieldSpent, Unit: "h"},
			"tags|tags list": {Field: FieldLabels, Split: ","},
			"related issues|zugehörige tickets|demandes liées|peticiones relacionadas": {Field: FieldLink, Meaning: Relates, worded: true},
		},
	}
}
