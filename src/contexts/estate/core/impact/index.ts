export { type Breach, breachOf } from './breaches.ts'
export { type GraphBuilder, graphBuilder, type NeedDraft, type NodeDraft } from './build-graph.ts'
export { compile } from './compile.ts'
export {
  apply,
  type Changes,
  type Evaluation,
  evaluate,
  levelAt,
  type NodeTimes,
  type OwnTimes,
  suppose,
  type TimesOf,
  whatIf,
} from './evaluation.ts'
export { explain, type Impairment, type Step } from './explain.ts'
export { type Graph, isUnresolved, LINK, nodeOf } from './graph.ts'
export type { Impact } from './impact-at.ts'
export { type KeepAlive, type KeepAliveOptions, leastKeepAlive } from './keep-alive.ts'
export { type ConditionRecord, ownTimes } from './own-times.ts'
export { type SinglePoint, singlePointsOfFailure } from './single-points.ts'
