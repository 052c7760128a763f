package exchange_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/backlogkit/backlogkit/backlog/exchange"
)

// The statuses that were met, by what they mean.
func TestStatuses(t *testing.T) {
	for category, list := range map[string]string{
		"completed": "Done,ACABADO,Finalizada,Listo,Fait,Terminé(e),Validé,Closed,Resolved,Complete,Completed,Finished,Fixed,Released,Merged,TERMINADO,クローズ,done,DONE,hecho",
		"proposed": "To Do,Tareas por hacer,Por hacer,A faire,À faire,Backlog,Open,New,Proposed,Approved,Triage,Todo,todo,TO-DO,to_do," +
			"Deferred,Planned,Future,Pinned,Draft,open",
		"in_progress": "In Progress,in_progress,in-progress,En curso,Doing,Active,Committed,Development,UAT,SIT,PIR,Analysis/Design,Design,In Review,QA,In QA," +
			"Blocked,On Hold,Hooked",
		"removed": "Cancelled,Canceled,Annulé,中止,Removed,Aborted,Won't fix,Won’t Fix,wont_fix,won-t-fix,Duplicate,Abandoned,Archived,Rejected,tombstone,Won't Do",
	} {
		for status := range strings.SplitSeq(list, ",") {
			doc := read(t, jiraColumn("Status", status), exchange.Options{})
			require.Equal(t, category, doc.Items[0].Category.String(), status)
			require.Equal(t, status, doc.Items[0].Status)
			require.Len(t, doc.Statuses, 1)
			require.False(t, doc.Statuses[0].Guessed, status)
			require.Empty(t, doc.Warnings, status)
		}
	}
	for _, status := range []string{"Blocked", "On Hold", "Deferred", "Pinned", "Future"} {
		require.True(t, read(t, jiraColumn("Status", status), exchange.Options{}).Items[0].Held, status)
	}
	require.False(t, read(t, jiraColumn("Status", "In Progress"), exchange.Options{}).Items[0].Held)
}

// Words of other languages, and parts of longer ones.
func TestStatusesOfManyLanguages(t *testing.T) {
	for category, list := range map[string]string{
		"completed": "Gelöst,Umgesetzt,Abgeschlossen,Ausgeliefert,Résolue,Livré,Hecha,Entregado,Fechado,Resolvido,Ukończone,Wdrożone,Risolto,Gereed,Voltooid,Färdig,Ferdig," +
			"Hotovo,Kész,Закрыта,Решен,Tamamlandı,終了,닫힘,Закрыто клиентом,Entregue ao cliente",
		"removed": "Verworfen,Storniert,Wird nicht erledigt,Duplikat,Rejetée,Doublon,Anulado,No se hará,Rejeitada,Rifiutato,Afgewezen,Zrušeno,Отменен,İptal Edildi,却下,已取消,취소," +
			"N/A,As Designed,Not a bug,Can't reproduce,Out of scope,No longer needed,Отменено заказчиком",
		"in_progress": "In Umsetzung,In Entwicklung,En recette,À valider,Por validar,Em validação,W realizacji,In behandeling,Igangværende,В процессе,На проверке,Devam Ediyor,処理中,対応中,测试中," +
			"Dev Done,To Verify,On Staging,Rework",
		"proposed": "Geplant,Bereit,Planifié,Listo para desarrollo,Prêt,Ny,Yapılacak,未対応,新建,대기,Новый",
	} {
		for status := range strings.SplitSeq(list, ",") {
			doc := read(t, jiraColumn("Status", status), exchange.Options{})
			require.Equal(t, category, doc.Items[0].Category.String(), status)
		}
	}
}

// The tracker's own category comes before the name, a resolution decides what was delivered, and dates help only where there
// is nothing else.
func TestLifecycle(t *testing.T) {
	const header = "Issue key\tSummary\tStatus\tStatus Category\tResolution\tResolved\n"
	tests := map[string]struct{ row, want string }{
		"category wins":              {"Todo\tIn Progress\t\t", "in_progress"},
		"category of an own status":  {"Waiting for the moon\tDone\t\t", "completed"},
		"given up in done":           {"Cancelled\tDone\t\t", "removed"},
		"won't do in done":           {"Won't Do\tDone\t\t", "removed"},
		"resolution gives up":        {"Done\tDone\tWon't Fix\t", "removed"},
		"as designed":                {"Closed\t\tAs Designed\t", "removed"},
		"cannot reproduce":           {"Closed\t\tCannot Reproduce\t", "removed"},
		"fixed":                      {"Closed\tDone\tFixed\t2025-03-27", "completed"},
		"resolution of what is open": {"In Progress\tIn Progress\tFixed\t2025-03-27", "in_progress"},
		"done with neither":          {"Done\tDone\t\t", "completed"},
		"unknown, by its parts":      {"Ready for the big review\t\t\t", "in_progress"},
		"unknown, by its date":       {"Mooned\t\t\t2025-03-27", "completed"},
		"unknown":                    {"Mooned\t\t\t", "proposed"},
		"none":                       {"\t\t\t", "proposed"},
		"none, resolved":             {"\t\tDone\t2025-03-27", "completed"},
		"none, unresolved":           {"\t\tUnresolved\t", "proposed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			doc := read(t, header+"A-1\tFirst\t"+test.row+"\n", exchange.Options{})
			require.Equal(t, test.want, doc.Items[0].Category.String())
			require.Equal(t, doc.Items[0].Category.IsOpen() || !strings.Contains(test.row, "2025"), doc.Items[0].Done.IsZero())
		})
	}
	doc := read(t, header+"A-1\tFirst\tMooned\t\t\t\n", exchange.Options{})
	require.True(t, doc.Statuses[0].Guessed)
	require.Contains(t, doc.Warnings[0], `"Mooned" is unknown; it was taken for proposed`)
	// What was opened again keeps the date as a custom value.
	doc = read(t, header+"A-1\tFirst\tIn Progress\t\tFixed\t2025-03-27\n", exchange.Options{})
	require.Equal(t, []exchange.Value{{Name: "Resolved", Type: exchange.Instant, Text: "2025-03-27T00:00:00Z"}}, doc.Items[0].Custom)
}

// Statuses of a team's own, by their parts.
func TestGuessedStatuses(t *testing.T) {
	for status, want := range map[string]string{
		"Not Done Yet": "proposed", "Ready for the Big Review": "in_progress", "Dev Testing": "in_progress", "QA Passed": "completed", "Cancelled by client": "removed",
		"En proceso de pruebas": "in_progress", "Aguardando cliente": "in_progress", "Concluído com êxito": "completed", "Zakończone i sprawdzone": "completed",
		"Backlog 2": "proposed", "Mooned": "proposed", "Blocked by vendor": "in_progress", "Déployé et terminé": "completed",
	} {
		doc := read(t, jiraColumn("Status", status), exchange.Options{})
		require.Equal(t, want, doc.Items[0].Category.String(), status)
		require.True(t, doc.Statuses[0].Guessed, status)
	}
}

// What is built and waits to be delivered is in progress, like what is with the testers: people do not have it yet. What is
// delivered stays so.
func TestAwaitedStatuses(t *testing.T) {
	for want, list := range map[string]string{
		"in_progress": "Ready for Release,READY TO RELEASE,ready-to-deploy,Ready for Deploy,Ready for Prod,Ready to Ship,Ready for Launch,Awaiting Release,Waiting for Deployment," +
			"Pending Release,Release Pending,To be released,To Deploy,Release Candidate,Releasing,Ready to Merge,Not Released,Unreleased,Done - not released,Almost done," +
			"Partially Complete,Deployed to staging,Released to UAT,Prêt à livrer,Prêt pour la mise en production,À déployer,En attente de livraison,Bereit für Release," +
			"Zur Auslieferung bereit,Listo para desplegar,Por entregar,Pronto para produção,Aguardando deploy,Gotowe do wdrożenia,Da rilasciare,Klaar voor release,リリース待ち," +
			"待发布,배포 대기,Готово к релизу,Redo för release,Klar til release",
		"completed": "Released,Deployed,Delivered,Live,In Production,Deployed to production,Released to customers,Merged,Merged to main,Validated,Publié et livré,Entregado al cliente,Livré," +
			"Ausgeliefert,Wdrożone",
		"proposed": "Ready,Ready for Development,To be done,Not done,Pending",
	} {
		for status := range strings.SplitSeq(list, ",") {
			doc := read(t, jiraColumn("Status", status), exchange.Options{})
			require.Equal(t, want, doc.Items[0].Category.String(), status)
		}
	}
	require.Equal(t, "completed", read(t, "Issue key,Summary,Status,Status Category\nA-1,a,Ready for Release,Done\n", exchange.Options{}).Items[0].Category.String(), "the tracker's own category comes first")
}

// A date of giving up tells what a status does not.
func TestCanceled(t *testing.T) {
	doc := read(t, "ID,Team,Title,Status,Cycle Name,Completed,Canceled\nA-1,a,First,Gone,,,2025-03-27\nA-2,a,Second,Out,,2025-03-27,\n", exchange.Options{})
	require.Equal(t, "removed", doc.Items[0].Category.String())
	require.Equal(t, "completed", doc.Items[1].Category.String())
}

func TestKinds(t *testing.T) {
	for level, list := range map[string]string{
		"goal":    "Initiative,Theme",
		"feature": "Epic,EPIC,Epica,Épica,Épopée,Feature",
		"story": "Story,Task,Bug,Change Request,Test,Spike,Historia,Tarea,Tâche,Bogue,Amélioration,Tarefa,User Story,Product Backlog Item,Something," +
			"New Feature,Improvement",
		"task": "Sub-task,Subtask,sub_task,Subtarea,Sous-tâche,Sub-bug",
	} {
		for kind := range strings.SplitSeq(list, ",") {
			doc := read(t, jiraColumn("Issue Type", kind), exchange.Options{})
			require.Equal(t, level, doc.Items[0].Level.String(), kind)
			require.Equal(t, kind, doc.Kinds[0].Name)
		}
	}
}

func TestPriorities(t *testing.T) {
	for priority, want := range map[string]int{
		"Highest": 1, "High": 2, "Medium": 3, "Low": 4, "Lowest": 5, "Blocker": 1, "Critical": 1, "Major": 2, "Minor": 4, "Trivial": 5, "P1": 1, "P2": 2, "P5": 5,
		"P2 - High": 2, "Must Have": 1, "Must-have": 1, "Should Have": 2, "Nice To Have": 3, "Majeur": 2, "Mineur": 4, "Bloquant": 1, "Urgent": 1,
		"Must - for the launch": 1, "1": 1, "4": 4, "0": 1, "P0": 1, "No priority": 0, "Somehow": 0, "W": 0,
	} {
		doc := read(t, jiraColumn("Priority", priority), exchange.Options{})
		require.Equal(t, want, doc.Items[0].Urgency, priority)
		require.Equal(t, priority, doc.Items[0].Priority)
	}
	// A file that has a 0 begins there.
	doc := read(t, jiraColumn("Priority", "P0", "P1"), exchange.Options{})
	require.Equal(t, 2, doc.Items[1].Urgency)
}
