package exchange

import "strings"

// kinds are the words for each level, see [words].
var kinds = words[Level]{}.
	add(LevelGoal, `initiative theme goal objective capability portfolio-epic strategic-theme legend saga iniciativa thème`).
	add(LevelFeature, `epic feature epica épica épopée epopeya funcionalidad fonctionnalité epik milestone projeto épico エピック эпик 史诗 长篇故事 에픽`).
	add(LevelTask, `subtask sub-task subtarea subtarefa sous-tâche unteraufgabe podzadanie technical-sub-task sub-bug sottoattività
		サブタスク 子任务 подзадача subtaak deluppgift 하위-작업 sub-issue subissue`).
	add(LevelStory, `story user-story historia história historia-de-usuario récit bug defect task tarea tarefa tâche bogue error fallo
		improvement amélioration mejora melhoria new-feature change-request test spike chore issue incident requirement
		product-backlog-item technical-task aufgabe zadanie błąd fehler ストーリー タスク バグ enhancement support question problem
		impediment test-case refactor docs documentation research decision`)

// levelOf returns the level of a kind. A word that is unknown is one for a story.
func levelOf(kind string) Level {
	word := fold(kind)
	if level, known := kinds[word]; known {
		return level
	}
	switch {
	case strings.HasPrefix(word, "sub"):
		return LevelTask
	case strings.HasSuffix(word, "epic"):
		return LevelFeature
	}
	return LevelStory
}
