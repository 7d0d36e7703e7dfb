import type { Component, Service, Strength } from '../estate.ts'
import type { Place } from './mistake.ts'

/** A target, qualified and as it was written, with its place. */
export interface Target {
  readonly node: string
  readonly word: string
  readonly place: Place
  readonly pointer?: string
}

export interface DraftNeed {
  readonly targets: readonly Target[]
  readonly atLeast: number
  readonly strength: Strength
  readonly buffer?: string
}

/** A component or service of one file, before its targets have been looked for. */
export interface DraftNode {
  readonly section: 'components' | 'services'
  readonly place: Place
  readonly node: Omit<Component, 'needs'> | Omit<Service, 'needs'>
  readonly needs: DraftNeed[]
}

/** Stands for an organisation whose name is missing or unusable, so that the rest of its file can still be checked. */
export const UNNAMED = '?'

export interface Draft {
  readonly organisation: string
  readonly nodes: DraftNode[]
}
