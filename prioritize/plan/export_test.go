package plan

// LinksPerStep is for tests of how long a search goes on.
var LinksPerStep = linksPerStep
