import type { Entry, Event } from '#kernel'
import type { StatementsEvent } from '../core/events.ts'

export type StatementsEntry = Entry<Event & StatementsEvent> & StatementsEvent
