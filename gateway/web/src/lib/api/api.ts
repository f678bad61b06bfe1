import api from './generated/api.json';
import type { Paths } from './generated';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The addresses that take a method. */
export type Path<M extends Method> = {
  [P in keyof Paths]: Paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof Paths];

type Parameters<P extends keyof Paths, M extends Method, Kind extends string> =
  Paths[P] extends Record<M, { parameters: infer All }> ? (All extends Record<Kind, infer Kept> ? Kept : undefined) : never;
export type PathValues<P extends keyof Paths, M extends Method> = Parameters<P, M, 'path'>;
export type Query<P extends keyof Paths> = Paths[P] extends { get: { parameters: { query?: infer Kept } } } ? Kept : never;
export type Body<P extends keyof Paths, M extends Method> =
  Paths[P] extends Record<M, { requestBody: { content: { 'application/json': infer Kept } } }> ? Kept : undefined;
export type Answer<P extends keyof Paths, M extends Method> =
  Paths[P] extends Record<M, { responses: infer All }>
    ? {
        [S in keyof All]: S extends 200 | 201 | 202
          ? All[S] extends { content: { 'application/json': infer Kept } }
            ? Kept
            : undefined
          : never;
      }[keyof All]
    : never;

/** The lists: what answers with pages. */
export type ListPath = {
  [P in Path<'get'>]: Answer<P, 'get'> extends { items: unknown[]; next: string | null } ? P : never;
}[Path<'get'>];
export type Item<P extends ListPath> = Answer<P, 'get'> extends { items: (infer One)[] } ? One : never;

/** A schema as the documents have it, without words. */
export interface Schema {
  ref?: string;
  type?: string;
  nullable?: boolean;
  format?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  above?: number;
  maxLength?: number;
  default?: unknown;
  required?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
}
interface Operation {
  id: string;
  permission?: string;
  /** Of what stands in the address, what is chosen from a list. */
  path?: Record<string, Schema>;
  query: Record<string, Schema>;
  body?: Schema;
  answer?: Schema;
}

const operations = api.operations as Record<string, Operation>;
const schemas = api.schemas as Record<string, Schema>;

const choices = new Set(
  Object.values(schemas).flatMap(schema =>
    Object.entries(schema.properties ?? {})
      .filter(([, one]) => (one.ref ?? one.items?.ref) && schemas[(one.ref ?? one.items?.ref)!]?.enum)
      .map(([member]) => member),
  ),
);

export const operationOf = (method: Method, path: string): Operation => operations[`${method} ${path}`]!;

/** The name of a verb, by method and path in one, such as `POST /api/work-orders/orders/{id}/hold`. */
export function verbOf(action: string): string | undefined {
  const [method = '', path = ''] = action.split(' ');
  return operations[`${method.toLowerCase()} ${path}`]?.id;
}

/** The verbs that change something of a service, each by method and path in one. */
export const actionsOf = (service: string): string[] =>
  Object.keys(operations)
    .map(known => known.split(' ') as [string, string])
    .filter(([method, path]) => method !== 'get' && path.startsWith(`/api/${service}/`))
    .map(([method, path]) => `${method.toUpperCase()} ${path}`);

/** Whether values of a member are choices of the API, which have words. */
export const isChoice = (member: string): boolean => choices.has(member);

/** The schema itself where one is named. */
export function resolve(schema: Schema): Schema {
  return schema.ref ? { ...schemas[schema.ref]!, nullable: schema.nullable } : schema;
}

/** The members of what a list lists. */
export function membersOf(path: string): Record<string, Schema> {
  const page = resolve(operationOf('get', path).answer!);
  return resolve(page.properties!.items!.items!).properties ?? {};
}
