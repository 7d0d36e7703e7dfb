export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A JSON Schema (2020-12) as data; rooms build theirs with TypeBox, which carries the static type beside it. */
export type JsonSchema = object
