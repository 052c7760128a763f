package natslog

// Break lets a log append without the condition that the product has not moved.
func (l *Log) Break() { l.unchecked = true }
