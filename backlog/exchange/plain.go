package exchange

// plainColumns are the headers that tables of any origin have: lists of stories, score sheets, sheets for import.
func plainColumns() Columns {
	return Columns{
		Format: TableCSV,
		Names: map[string]Column{
			"id|key|issue key|feature id|story id|item id|task id|issue id|ref|number|no|nr|#|us id": {Field: FieldKey},
			"title|name|summary|feature|feature name|feature title|story name|story title|initiative|item|epic name|task|task name|" +
				"titolo|título|titel|nombre|nome|titre|resumen|résumé|resumo|podsumowanie|user story|userstory|story|issue|" +
				"backlog item|product backlog item|requirement|work item|project name|idea|opportunity": {Field: FieldTitle},
			"description|details|desc|descripción|descrição|beschreibung|descrizione|notes|body": {Field: FieldDescription},
			"type|kind|issue type|item type|work item type|tipo|typ":                             {Field: FieldKind},
			"status|state|stato|estado|état|statut|stan":                                         {Field: FieldStatus},
			"status category|category of status":                                                 {Field: FieldCategory},
			"resolution":                                                                         {Field: FieldResolution},
			"priority|prio|priorität|prioridad|prioridade|priorité|priorità|moscow":              {Field: FieldPriority},
			"points|story points|storypoints|estimate|estimates|sp|size (pts)|story point|story point estimate|punti|puntos": {Field: FieldPoints},
			"labels|label|tags|tag|etiquetas|étiquettes":                                                                     {Field: FieldLabels, Split: ",;|"},
			"assignee|assigned to|owner|assigned":                                                                            {Field: FieldAssignee},
			"parent|parent issue|parent id|parent key|epic|epic link|parent task|parent story":                               {Field: FieldParent},
			"sprint|iteration|cycle": {Field: FieldSprints},
			"release|fix version|fix versions|version|target release|milestone":                                                                 {Field: FieldReleases},
			"created|created at|created date|creation date|date created":                                                                        {Field: FieldCreated},
			"updated|updated at|last updated|modified|last modified|changed date":                                                               {Field: FieldUpdated},
			"started|started at|start date|start":                                                                                               {Field: FieldStarted},
			"completed|completed at|done|done date|closed|closed at|closed date|resolved|finished|completion date":                              {Field: FieldDone},
			"due|due date|deadline|target date|end date":                                                                                        {Field: FieldDue},
			"acceptance criteria|criteria|acceptance|criteri di accettazione|criterios de aceptación|akzeptanzkriterien|critères d'acceptation": {Field: FieldCriteria},
			"depends on|dependencies|blocked by|predecessor|predecessors|predecessor id|needs|requires":                                         {Field: FieldLink, Meaning: Needs, Split: ",;|"},
			"blocks|blocking|successor|successors|successor id":                                                                                 {Field: FieldLink, Meaning: Needs, Inward: true, Split: ",;|"},
			"related|related to|related issues|relates to":                                                                                      {Field: FieldLink, Meaning: Relates, Split: ",;|"},
			"duplicate of|duplicates": {Field: FieldLink, Meaning: Duplicates, Split: ",;|"},
		},
	}
}
