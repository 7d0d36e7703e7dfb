export { estateFromTemplate, readTemplate, SMALL_COUNCIL_SERVICES } from './template/template.ts'
