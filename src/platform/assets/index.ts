export { type Asset, assetPath, findAsset } from './assets.ts'
