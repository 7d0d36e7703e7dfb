export { CONDITIONS, type Condition, type Level } from './core/condition.ts'
export type { Component, ComponentKind, Estate, Need, NodeId, Service, Strength } from './core/estate.ts'
export { type EstateEvent, LIVE, mainLanguage, type Organisation, type World } from './core/events.ts'
export { describeMistake, nearest, parseEstate } from './core/files/index.ts'
export {
  apply,
  breachOf,
  type Changes,
  compile,
  type Evaluation,
  evaluate,
  explain,
  type Graph,
  leastKeepAlive,
  levelAt,
  type OwnTimes,
  ownTimes,
  suppose,
} from './core/impact/index.ts'
export { concerns, type Neighbourhood, neighbourhood, type Reached, reach } from './core/picture/index.ts'
export {
  componentOf,
  estateOf,
  nodeName,
  nowhere,
  organisationOf,
  organisationsOf,
  ownerOf,
  serviceOf,
  worldOf,
} from './projections/estates.ts'
export { worldGraph } from './projections/world-graph.ts'
export { estateTemplateText, type Template } from './template/templates.ts'
