package exchange

import (
	"strings"
)

// plainColumns are the headers that tables of any origin have: lists of stories, score sheets, sheets for import.
// Which column has the titles is found by [plainTitles].
func plainColumns() Columns {
	return Columns{
		Format: TableCSV,
		Names: map[string]Column{
			"id|key|issue key|feature id|story id|item id|task id|issue id|ref|reference|number|no|nr|#|us id|user story id|" +
				"work item id|ticket|ticket id|epic id|req id|requirement id|id historia|card id|card #": {Field: FieldKey},
			"description|details|desc|card description|task content|task description|descripción|descrição|beschreibung|descrizione|notes|body|opis": {Field: FieldDescription},
			"type|kind|issue type|issuetype|item type|work item type|tipo|typ":                                                                       {Field: FieldKind},
			"status|state|current state|list name|stato|estado|état|statut|stan":                                                                     {Field: FieldStatus},
			"status category": {Field: FieldCategory},
			"resolution":      {Field: FieldResolution},
			"priority|prio|priorität|prioridad|prioridade|priorité|priorità|moscow|moscow priority": {Field: FieldPriority},
			"points|story points|storypoints|estimate|estimates|sp|story point|story point estimate|punti|puntos|puntos de historia|" +
				"estimated points|sprint points|pts|estimate points|size points|size pts": {Field: FieldPoints},
			"labels|label|tags|tag|etiquetas|étiquettes|tag list":                                        {Field: FieldLabels, Split: ",;|"},
			"assignee|assigned to|owner|assigned|responsable|assignees|owned by|person|members":          {Field: FieldAssignee},
			"parent|parent issue|parent id|parent key|epic|epic link|parent task|parent story|epic name": {Field: FieldParent},
			"sprint|iteration|cycle|iteration path":                                                      {Field: FieldSprints},
			"release|fix version|fix versions|version|target release|milestone":                          {Field: FieldReleases},
			"created|created at|created date|creation date|date created|createdat":                       {Field: FieldCreated},
			"updated|updated at|date updated|last updated|modified|last modified|changed date":           {Field: FieldUpdated},
			"started|started at|start date|started date":                                                 {Field: FieldStarted},
			"completed|completed at|done|done date|closed|closed at|closed date|resolved|finished|completion date|" +
				"completed date|resolved date|accepted at|date completed|date closed|date done": {Field: FieldDone},
			"canceled|cancelled|canceled at|cancelled at": {Field: FieldDone, givenUp: true},
			"due|due date|deadline|target date|end date":  {Field: FieldDue},
			"acceptance criteria|criteria|acceptance criterion|criteri di accettazione|criterios de aceptación|" +
				"akzeptanzkriterien|critères d'acceptation|critérios de aceitação": {Field: FieldCriteria},
			"depends on|dependencies|dependency|blocked by|predecessor|predecessors|predecessor id|needs|requires|prerequisites": {Field: FieldLink, Meaning: Needs},
			"blocks|blocking|successor|successors|successor id":                                                                  {Field: FieldLink, Meaning: Needs, Inward: true},
			"related|related to|related issues|relates to":                                                                       {Field: FieldLink, Meaning: Relates},

			"sprint start|sprint start date|iteration start|cycle start": {bound: sprintStart},
			"sprint end|sprint end date|iteration end|cycle end":         {bound: sprintEnd},
			"release date|milestone due date":                            {bound: releaseEnd},

			"duplicate of|duplicates":               {Field: FieldLink, Meaning: Duplicates},
			"original estimate|time estimate":       {Field: FieldEstimated},
			"remaining estimate|time remaining":     {Field: FieldRemaining},
			"time spent|time logged":                {Field: FieldSpent},
			"deferred until|defer until|hold until": {Field: FieldDeferred},
			"internal id|uuid|guid":                 {Field: FieldID},

			"related from":  {Field: FieldLink, Meaning: Relates, Inward: true},
			"duplicated by": {Field: FieldLink, Meaning: Duplicates, Inward: true},
			"excludes":      {Field: FieldLink, Meaning: Excludes},
			"excluded by":   {Field: FieldLink, Meaning: Excludes, Inward: true},
			"part of":       {Field: FieldLink, Meaning: PartOf},
			"has part":      {Field: FieldLink, Meaning: PartOf, Inward: true},
		},
		titles: plainTitles,
	}
}

// plainTitles are the headers of titles in plain tables, the best first: of two that a table has, the first here
// is the title.
var plainTitles = strings.Split("title,summary,name,card name,task name,story name,story title,feature name,feature title,item name,issue title,"+
	"epic title,initiative name,titolo,título,titel,nombre,nome,titre,bezeichnung,resumen,résumé,resumo,podsumowanie,zusammenfassung,riepilogo,"+
	"subject,headline,user story,userstory,story,user stories,as a i want so that,backlog item,product backlog item,pbi,item,feature,"+
	"initiative,requirement,work item,issue,task,idea,opportunity,project name,project,epic name,epic,historia de usuario,historia,"+
	"funcionalidad,fonctionnalité,tarea,tâche,aufgabe,activity,proposal,description,desc,descripción,descrição,beschreibung,descrizione", ",")

// titleIn returns the index of the header that is one of the folded titles, or -1.
func titleIn(headers, titles []string) int {
	at := make(map[string]int, len(headers))
	for i, header := range headers {
		if len(header) > maxHeader {
			continue
		}
		if name := fold(bareHeader(header)); name != "" {
			if _, taken := at[name]; !taken {
				at[name] = i
			}
		}
	}
	for _, title := range titles {
		if i, ok := at[title]; ok {
			return i
		}
	}
	return -1
}

// bareHeader returns a header without a unit in brackets at its end: "Confidence (%)".
func bareHeader(header string) string {
	header = trim(header)
	if !strings.HasSuffix(header, ")") && !strings.HasSuffix(header, "]") {
		return header
	}
	if at := strings.LastIndexAny(header, "(["); at > 0 {
		return trim(header[:at])
	}
	return header
}
