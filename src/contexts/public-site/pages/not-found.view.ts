import type { Issue } from '../core/facts.ts'
import { type Frame, frame } from './frame.view.ts'

export interface NotFoundPage extends Frame {
  readonly heading: string
}

export function notFoundPage(region: string, exercise: boolean, issue: Issue): NotFoundPage {
  const source = 'Each organisation records its own state; these pages gather what they recorded.'
  const heading = 'Page not found'
  return { ...frame({ title: heading, owner: region, home: '/', exercise, source }, issue), heading }
}
