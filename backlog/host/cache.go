package host

import (
	"container/list"
	"sync"
)

// cache holds products by name: those in use, and the latest used of the others.
type cache struct {
	most   int // of the others
	mutex  sync.Mutex
	byName map[string]*product
	idle   list.List // of *product that nobody uses, the latest used first
}

// acquire returns the product of a name, which is in use until it is released as often.
func (c *cache) acquire(name string) *product {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	one := c.byName[name]
	switch {
	case one == nil:
		one = &product{name: name}
		if c.byName == nil {
			c.byName = make(map[string]*product)
		}
		c.byName[name] = one
	case one.users == 0:
		c.idle.Remove(one.place)
	}
	one.users++
	return one
}

// release ends one use, and lets go of what was not used for longest if there are too many.
func (c *cache) release(one *product) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if one.users--; one.users > 0 {
		return
	}
	one.place = c.idle.PushFront(one)
	if c.idle.Len() > c.most {
		oldest := c.idle.Remove(c.idle.Back()).(*product)
		delete(c.byName, oldest.name)
	}
}
