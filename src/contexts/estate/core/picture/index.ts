export { type Link, type More, type Neighbour, type Neighbourhood, neighbourhood } from './neighbourhood.ts'
export { concerns, neighbours, type Reached, reach, type Side } from './reach.ts'
