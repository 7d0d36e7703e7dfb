export { type Ask, type Field, field, mistakes, pointerOf, type Said, said, type Typed, typed } from './form.ts'
export { formPages, given } from './form-pages.ts'
export { fromLocal, toLocal } from './local-time.ts'
