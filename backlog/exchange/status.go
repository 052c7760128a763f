package exchange

import (
	"slices"
	"strings"

	"github.com/backlogkit/backlogkit/story"
)

// state is what a status means.
type state struct {
	category story.Category
	held     bool // nobody may start it
}

// The categories of statuses, under the names that trackers have for them.
const (
	proposed   = story.Proposed
	inProgress = story.Doing
	delivered  = story.Completed
	givenUp    = story.Removed
)

// statuses are the words for each state, see [words].
var statuses = words[state]{}.
	add(state{delivered, false}, `done acabado acabada finalizada finalizado listo lista hecho fait validé terminé closed
		cerrada cerrado fermé fermée geschlossen fertig erledigt resolved resuelta résolu complete completed completado finished
		fixed released merged shipped deployed delivered live verified accepted terminado terminée concluído concluída feito
		zamknięte gotowe zrobione rozwiązane クローズ 完了 解決済み 已完成 完成 已关闭 关闭 已解决 완료 завершено решено klart stängd done-done validated solved achieved closed-done
		opgelost gesloten klaar afgerond chiuso completato fatto готово закрыт выполнено in-production launched signed-off
		gelöst behoben umgesetzt abgeschlossen freigegeben ausgeliefert veröffentlicht fini finie résolue livré livrée validée hecha completada entregado
		entregada publicado publicada liberado liberada feita concluida fechado fechada resolvido resolvida entregue ukończone zakończone wdrożone
		risolto finito rilasciato gereed voltooid färdig ferdig færdig valmis hotovo uzavřeno kész lezárva закрыта закрыто решен решён решена
		сделано tamamlandı bitti kapatıldı 終了 クローズ済み 已結束 已结束 已完結 닫힘 해결됨 완료됨 production prod implemented integrated published
		avsluttet lukket löst`).
	add(state{proposed, false}, `todo to-do tareas-por-hacer por-hacer à-faire a-faire afazer a-fazer backlog open opened new proposed
		approved triage draft planned future-work nuevo nueva abierto abierta offen neu ouvert nouveau aberto aberta pendente pendiente
		nowe otwarte do-zrobienia zu-erledigen icebox inbox unstarted not-started reopened ready ready-for-dev ready-for-development
		selected-for-development queued pending requested submitted idea ideas later next accepted-for-backlog groomed refined
		needs-triage needs-refinement needs-grooming refinement funnel unscheduled created to-refine
		未着手 待办 待处理 해야-할-일 сделать к-выполнению att-göra オープン 新規 no-iniciado no-iniciada não-iniciado nicht-begonnen da-fare te-doen новая открыт
		waiting-for-triage product-backlog sprint-backlog discovery undefined gathering-interest
		listo-para-desarrollo pronto-para-desenvolvimento bereit geplant planifié planificado planejado prêt ny uusi nový új yeni açık
		yapılacak 未対応 新建 할-일 열림 대기 новый новая-задача новое`).
	add(state{proposed, true}, `deferred planned-later future pinned someday postponed parked snoozed waiting-for-approval
		aplazado aplazada différé zurückgestellt adiado icebox-later scheduled`).
	add(state{inProgress, false}, `in-progress inprogress en-curso en-progreso en-cours doing active started committed development
		in-development in-dev dev uat sit pir analysis design analysis/design in-review review code-review peer-review qa in-qa testing in-testing
		test in-test hooked wip work-in-progress implementing implementation under-review ready-for-review ready-for-qa ready-for-test
		ready-for-testing ready-to-test em-andamento em-progresso fazendo in-bearbeitung in-arbeit w-toku w-trakcie 進行中 処理中 进行中 正在进行 진행-중
		bezig in-uitvoering in-corso in-lavorazione pågående в-работе verifying verification staging acceptance ready-for-deployment
		ready-to-deploy ready-for-uat in-uat en-revisión en-revision en-revue em-revisão in-prüfung build building investigating
		assigned acknowledged reviewing merging in-validation validation in-analysis in-design in-implementation pr-open in-code-review
		awaiting-review waiting-for-review pull-request designing feedback in-build qa-testing in-verification underway ongoing
		in-umsetzung in-entwicklung wird-bearbeitet zum-testen en-recette à-valider a-valider à-tester en-validation en-validación por-validar
		para-probar em-validação para-validar w-realizacji do-testów in-behandeling mee-bezig pågår igangværende käynnissä probíhá folyamatban
		в-процессе на-проверке тестирование devam-ediyor 处理中 処理中です 進行中です 対応中 レビュー中 テスト中 开发中 測試中 测试中 진행중 dev-complete dev-done ready-to-release
		ready-for-production
		ready-for-release pending-release release-pending pending-deployment to-be-released to-be-deployed to-deploy
		to-release ready-to-ship ready-to-merge ready-for-merge release-candidate releasing deploying prêt-à-livrer prêt-à-déployer bereit-zur-veröffentlichung
		listo-para-publicar listo-para-desplegar pronto-para-deploy gotowe-do-wdrożenia pronto-per-il-rilascio klaar-voor-release リリース待ち 待发布
		배포-대기 готово-к-релизу to-validate to-verify to-test to-review in-pr in-staging on-staging fixing rework`).
	add(state{inProgress, true}, `blocked on-hold onhold hold paused waiting impeded stalled bloqueado bloqueada bloqué bloquée blockiert
		en-espera en-attente em-espera zablokowane wstrzymane waiting-for-customer waiting-for-support waiting-for-third-party
		awaiting-feedback awaiting-release awaiting-deployment waiting-for-release waiting-for-deployment waiting-on-customer needs-info need-info need-more-info suspended`).
	add(state{givenUp, false}, `cancelled canceled cancelado cancelada annulé annulée abgebrochen anulowane 中止 取消 キャンセル removed aborted
		wont-fix wontfix won't-fix wont-do won't-do duplicate duplicated abandoned archived rejected rechazado rechazada rejeté abgelehnt
		rejeitado odrzucone tombstone deleted dropped declined invalid obsolete discarded descartado descartada withdrawn not-planned
		superseded cannot-reproduce not-doing wont-implement closed-wontfix geannuleerd annullato отменено avbruten eliminado killed
		verworfen storniert zurückgezogen nicht-umgesetzt wird-nicht-gemacht wird-nicht-erledigt wird-nicht-umgesetzt duplikat ungültig rejetée refusé
		refusée doublon anulado anulada duplicado duplicada no-se-hará no-se-hace rejeitada porzucone rifiutato scartato afgewezen vervallen
		peruttu zrušeno zamítnuto отменен отменён отменена отклонено отклонен дубликат iptal iptal-edildi 却下 已取消 已拒绝 重复 취소 취소됨
		will-not-do will-not-fix not-needed no-longer-needed no-longer-required not-applicable n/a denied refused not-a-bug not-an-issue as-designed
		by-design works-as-designed can't-reproduce not-reproducible deprecated trash trashed dead stale out-of-scope annulleret hylätty`)

// categories are the words of trackers for categories of statuses; true and false are of columns such as "is completed".
var categories = words[state]{}.
	add(state{proposed, false}, `todo to-do new proposed unstarted backlog triage open undefined tareas-por-hacer por-hacer à-faire a-fazer
		do-zrobienia pending`).
	add(state{inProgress, false}, `in-progress indeterminate started active inprogress en-curso en-cours em-andamento w-toku in-arbeit resolved`).
	add(state{delivered, false}, `done complete completed closed true yes hecho listo finalizada terminé fait fertig concluído gotowe finished`).
	add(state{givenUp, false}, `removed canceled cancelled archived deleted`)

// givenUpWords are the resolutions of what was given up; every other resolution is a delivery.
var givenUpWords = words[bool]{}.
	add(true, `wont-fix won't-fix wont-do won't-do duplicate duplicated cannot-reproduce can't-reproduce withdrawn not-a-bug as-designed
		works-as-designed by-design invalid incomplete declined rejected obsolete abandoned cancelled canceled not-planned known-error
		not-reproducible cannot-be-reproduced out-of-scope deferred not-applicable not-an-issue works-for-me user-error later remind
		no-se-hará duplicado duplicada doublon ne-sera-pas-corrigé não-será-feito odrzucone duplikat wird-nicht-erledigt aborted
		removed-from-backlog cut no-longer-needed no-longer-required superseded archived wont-implement not-doing no-response
		insufficient-information no-change-required nicht-reproduzierbar no-reproducible won't-be-fixed`)

// openWords are the resolutions that mean none yet.
var openWords = words[bool]{}.
	add(true, `unresolved sin-resolver non-résolu non-résolue não-resolvido nierozwiązane nicht-erledigt none open reopened no-resuelta unspecified`)

// statusParts are parts of folded names, by which unknown ones are guessed: the first line of which a name has a part.
var statusParts = []struct {
	state
	parts string
}{
	{state{givenUp, false}, "cancel reject rejet abandon wont duplicat obsolete descart rechaz annul abgelehnt verworfen odrzuc nothara nichterledigt nichtumgesetzt отмен отклон 取消 却下"},
	{state{proposed, false}, "notdone undone tobedone incomplete notstarted todo backlog porhacer afaire afazer"},
	{state{inProgress, true}, "block bloque bloqu blockiert onhold waiting espera attente aguard wstrzym zablok"},
	{state{inProgress, false}, `progres proceso review revis test prueba homolog readyfor develop desarroll desenv doing working encours curso
		releasing shipping launching publishing staging preprod touat toqa andamento bearbeitung umsetzung entwicklung inarbeit trakcie realizacji investig implement analys analis design deploying coding building verif`},
	{state{delivered, false}, `done complet closed resolved resuelt released deployed finish finaliz deliver conclu termin cerrad ferme fertig
		erledigt abgeschlossen gotow zakoncz zamkn passed approved shipped published launched merged live livre entreg fechad закры готов`},
	{state{inProgress, false}, "qa"},
}

// What is built and waits to be delivered, or is delivered in part, is in progress: people do not have it yet. Its name has one
// of awaited, or begins with one of aims, and then one of deliveries; or it ends with one of awaiting behind one of these.
var (
	awaited = strings.Fields(`ready bereit pret await waiting pending warte attente aguardando esperando listopara listapara prontopara prontoper gotowedo
		gotowado klaarvoor redofor klartil klarfor готовок ожидает not un nicht almost partly partially partial tobe`)
	aims       = strings.Fields("to por a do da te zu zur zum к для")
	awaiting   = strings.Fields("pending queue candidate 待ち 待 대기 대기중")
	deliveries = strings.Fields(`releas deploy rollout prod ship publi livr livra live launch deliver desplieg despleg desplegar liber entreg
		veroffentlich auslief ausgelief wdroz wydan rilasc merg clos done complet リリース デプロイ 公開 发布 發布 上线 上線 部署 배포 релиз выпуск`)
)

// isAwaited reports whether the folded name of a status is one of work that waits to be delivered.
func isAwaited(name string) bool {
	for _, root := range deliveries {
		at := strings.Index(name, root)
		if at < 0 {
			continue
		}
		before, behind := name[:at], name[at+len(root):]
		if slices.Contains(aims, before) || slices.Contains(awaiting, before) || slices.ContainsFunc(awaited, func(one string) bool { return strings.Contains(before, one) }) {
			return true
		}
		if slices.ContainsFunc(awaiting, func(one string) bool { return strings.HasSuffix(behind, one) }) && !strings.HasPrefix(behind, "ed") {
			return true
		}
	}
	return false
}

// lifecycle is what a row holds about how far an item is.
type lifecycle struct {
	status, category, resolution string
	hasDone, hasStarted          bool // the row has dates of these
	isGivenUp                    bool // the date of completion is one of giving up
}

// state returns what is known of an item, and whether that is a guess. The tracker's own category comes before the name of
// the status, and a resolution decides whether what is done was delivered.
func (l lifecycle) state(own words[state]) (s state, isGuess bool) {
	named, isKnown := own[fold(l.status)]
	if !isKnown {
		named, isKnown = statuses[fold(l.status)]
	}
	s = named
	switch category, isOwn := categories[fold(l.category)]; {
	case isOwn:
		s, isKnown = category, true
		s.held = named.held && category.category.IsOpen()
		if s.category == delivered && named.category == givenUp {
			s.category = givenUp
		}
	case isKnown:
	case l.status == "":
		isKnown = true
		switch {
		case l.isResolved() || l.hasDone:
			s = state{delivered, false}
		case l.hasStarted:
			s = state{inProgress, false}
		default:
			s = state{proposed, false}
		}
	default:
		s = l.guess()
	}
	if s.category == delivered && (l.isGivenUp || givenUpWords[fold(l.resolution)]) {
		s.category = givenUp
	}
	return s, !isKnown
}

func (l lifecycle) isResolved() bool {
	resolution := fold(l.resolution)
	return resolution != "" && !openWords[resolution]
}

// guess returns what an unknown status may mean: by a part of its name, or by the dates of the row.
func (l lifecycle) guess() state {
	found, ok := guessByName(fold(l.status))
	switch {
	case ok && (!found.category.IsOpen() || !l.isResolved() || !l.hasDone):
		return found
	case l.isResolved() || l.hasDone:
		return state{delivered, false}
	case l.hasStarted:
		return state{inProgress, false}
	}
	return state{proposed, false}
}

func guessByName(name string) (found state, ok bool) {
	for _, one := range statusParts {
		if one.category == delivered && isAwaited(name) {
			return state{inProgress, false}, true
		}
		for part := range strings.FieldsSeq(one.parts) {
			if strings.Contains(name, part) {
				return one.state, true
			}
		}
	}
	return state{}, false
}
