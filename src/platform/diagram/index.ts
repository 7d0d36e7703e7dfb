export { type Arrangement, type Arrow, arrange, type Box, type PlacedArrow, type PlacedBox } from './arrange.ts'
