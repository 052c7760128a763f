package exchange

// jiraColumns are the headers of Jira's exports, in English and in the languages that public ones were met in. Newer ones
// have "work item" for "issue"; exports of plans have "title" for "summary".
func jiraColumns() Columns {
	const (
		ownKey = "issue key|work item key|clave de incidencia|clave de la incidencia|clave de actividad|clé de ticket|clé du ticket|" +
			"chave da item|chave do item|klucz zgłoszenia|vorgangsschlüssel|chiave ticket|issuesleutel|課題キー"
		key = ownKey + "|clave|clé|chave|klucz|schlüssel|キー" // which many a table has
		id  = "issue id|work item id|id de la incidencia|id de incidencia|id du ticket|id de ticket|id da item|id do item|" +
			"id zgłoszenia|id. zgłoszenia|vorgangs-id|課題 id"
		kind = "issue type|work item type|work type|tipo de incidencia|tipo de actividad|type de ticket|tipo de item|tipo do item|" +
			"typ zgłoszenia|vorgangstyp|tipo ticket|issuetype|課題タイプ|тип задачи"
	)
	points := map[string]Column{
		"story points|story point estimate|story point|puntos de historia|estimación de puntos de historia|estimation des story points|" +
			"points d'histoire|pontos de história|estimativa de story points|punkty historii|story-points|ストーリーポイント": {Field: FieldPoints},
		"epic link|enlace de épica|lien d'épopée|lien epic|link do épico|łącze epiku|epic-verknüpfung|エピックリンク": {Field: FieldParent},
		"sprint":         {Field: FieldSprints},
		"actual start":   {Field: FieldStarted},
		"deferred until": {Field: FieldDeferred},
		"acceptance criteria|criterios de aceptación|critères d'acceptation|critérios de aceitação|critérios de aceite|" +
			"kryteria akceptacji|akzeptanzkriterien": {Field: FieldCriteria},
	}
	return Columns{
		Format:    JiraCSV,
		Signature: []string{key, ownKey + "|" + id + "|" + kind},
		Names: map[string]Column{
			key: {Field: FieldKey},
			id:  {Field: FieldID},
			"summary|title|resumen|résumé|resumo|podsumowanie|zusammenfassung|riepilogo|samenvatting|要約|тема": {Field: FieldTitle},
			kind: {Field: FieldKind},
			"status|issue status|work item status|estado|état|statut|stato|stan|ステータス|статус": {Field: FieldStatus},
			"status category|categoría de estado|catégorie de statut|catégorie d'état|categoria de status|categoria do status|" +
				"kategoria statusu|statuskategorie|ステータス カテゴリ": {Field: FieldCategory},
			"resolution|resolución|résolution|resolução|rozwiązanie|lösung|risoluzione|解決状況": {Field: FieldResolution},
			"description|descripción|descrição|opis|beschreibung|descrizione|説明":             {Field: FieldDescription},
			"priority|prioridad|priorité|prioridade|priorytet|priorität|priorità|優先度":        {Field: FieldPriority},
			"assignee|persona asignada|responsable|personne assignée|attribution|responsável|osoba przypisana|przypisany|" +
				"zugewiesene person|bearbeiter|assegnatario|担当者": {Field: FieldAssignee},
			"labels|label|etiquetas|étiquettes|categorias|etykiety|stichwörter|etichette|ラベル": {Field: FieldLabels, Split: ", ;"},
			"parent|parent id|parent key|principal|clave principal|id principal|parent issue|ticket parent|élément parent|clé parent|" +
				"pai|item pai|chave pai|chave do pai|id do pai|element nadrzędny|klucz elementu nadrzędnego|übergeordnet|übergeordneter vorgang|" +
				"übergeordneter schlüssel|親|親キー|epic link": {Field: FieldParent},
			"fix versions|fix version/s|fix version|releases|versiones corregidas|versión correctora|versions corrigées|version(s) corrigée(s)|" +
				"versões corrigidas|versão de correção|wersje naprawiające|wersje poprawki|lösungsversionen|lösungsversion(en)|修正バージョン": {Field: FieldReleases},
			"sprint|sprints|スプリント": {Field: FieldSprints},
			"created|creada|creado|création|créé|criado|criada|utworzono|erstellt|creato|作成日|создано":                         {Field: FieldCreated},
			"updated|actualizada|actualizado|mise à jour|mis à jour|atualizado(a)|atualizado|zaktualizowano|aktualisiert|更新日": {Field: FieldUpdated},
			"resolved|resuelta|resuelto|résolu|résolue|resolvido|resolvida|rozwiązane|rozwiązano|erledigt|risolto|解決日":        {Field: FieldDone},
			"due date|due|fecha de vencimiento|vencimiento|date d'échéance|échéance|data limite|data de entrega|termin|" +
				"fälligkeitsdatum|fällig|data di scadenza|期限": {Field: FieldDue},
			"status category changed|categoría de estado cambiada|catégorie de statut modifiée|catégorie d'état modifiée|categoria de status alterada|" +
				"zmieniono kategorię statusu|statuskategorie geändert": {statusSince: true},
			"original estimate|estimación original|estimation originale|estimativa original|szacowanie początkowe|" +
				"ursprüngliche schätzung": {Field: FieldEstimated},
			"remaining estimate|estimación restante|tiempo restante|estimation restante|estimativa restante|tempo restante|" +
				"pozostały czas|verbleibende schätzung": {Field: FieldRemaining},
			"time spent|tiempo empleado|tiempo trabajado|temps passé|temps consacré|tempo gasto|czas spędzony|zeitaufwand|" +
				"benötigte zeit": {Field: FieldSpent},
			"story points|story point estimate": {Field: FieldPoints},
		},
		Wrappers: []string{
			"custom field", "campo personalizado", "champs personnalisés", "champ personnalisé", "pole niestandardowe",
			"benutzerdefinierte felder", "benutzerdefiniertes feld", "campo personalizzato", "aangepast veld", "カスタム フィールド",
		},
		Wrapped: points,
		Inward: []string{
			"inward issue link", "inward work item link", "enlace a la incidencia interna", "enlace de incidencia interna",
			"enlace de incidencia entrante", "enlace a la incidencia entrante", "lien du ticket entrant", "lien de ticket entrant",
			"wewnętrzne łącze", "łącze wewnętrzne", "link do item de entrada", "link de item de entrada", "link interno",
			"vínculo de entrada", "eingehende verknüpfung", "eingehender vorgangslink", "内側方向の課題リンク",
		},
		Outward: []string{
			"outward issue link", "outward work item link", "enlace a la incidencia externa", "enlace de incidencia externa",
			"enlace de incidencia saliente", "enlace a la incidencia saliente", "lien du ticket sortant", "lien de ticket sortant",
			"zewnętrzne łącze", "łącze zewnętrzne", "link do item de saída", "link de item de saída", "link externo",
			"vínculo de saída", "ausgehende verknüpfung", "ausgehender vorgangslink", "外側方向の課題リンク",
		},
	}
}
