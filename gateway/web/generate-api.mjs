// Makes src/lib/api/generated from the committed documents of the API: the types, and what forms, tables and buttons need to
// know while they run (members, choices, bounds, permissions). Made before every build: a client that has grown stale cannot
// be built.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const documents = new URL('../openapi/', import.meta.url);
const target = new URL('./src/lib/api/generated/', import.meta.url);
const services = ['gateway', 'work-orders', 'scheduling', 'quality', 'inventory', 'equipment'];

await mkdir(target, { recursive: true });
const operations = {};
const schemas = {};
for (const service of services) {
  const address = new URL(`${service}.json`, documents);
  const document = JSON.parse(await readFile(address, 'utf8'));
  await writeFile(new URL(`${service}.d.ts`, target), astToString(await openapiTS(address)));
  for (const [name, schema] of Object.entries(document.components.schemas)) schemas[`${service}/${name}`] = lean(schema, service);
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) operations[`${method} ${path}`] = describe(operation, service);
}
await writeFile(new URL('api.json', target), JSON.stringify({ operations, schemas }));
const types = name => name.replace(/(^|-)(\w)/g, (_, _dash, letter) => letter.toUpperCase());
await writeFile(
  new URL('index.d.ts', target),
  [
    ...services.map(name => `import type { paths as ${types(name)}, components as ${types(name)}Parts } from './${name}';`),
    `export type Paths = ${services.map(types).join(' & ')};`,
    ...services.map(name => `export type ${types(name)}Schemas = ${types(name)}Parts['schemas'];`),
    '',
  ].join('\n'),
);

/** What a form, a list and a button know of an operation. */
function describe(operation, service) {
  const body = operation.requestBody?.content?.['application/json']?.schema;
  const answer = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content?.['application/json']
    ?.schema;
  return {
    id: operation.operationId,
    permission: /Needs the permission `([^`]+)`/.exec(operation.description ?? '')?.[1],
    // of what stands in the address, only what is chosen from a list
    path: choicesOf(operation, service),
    query: Object.fromEntries(
      (operation.parameters ?? []).filter(p => p.in === 'query').map(p => [p.name, lean(p.schema, service)]),
    ),
    body: body && lean(body, service),
    answer: answer && lean(answer, service),
  };
}

function choicesOf(operation, service) {
  const chosen = (operation.parameters ?? []).filter(p => p.in === 'path' && p.schema.$ref);
  return chosen.length ? Object.fromEntries(chosen.map(p => [p.name, lean(p.schema, service)])) : undefined;
}

/** A schema without words: type, members, choices and bounds. */
function lean(schema, service) {
  if (schema.$ref) return { ref: `${service}/${schema.$ref.split('/').pop()}` };
  const choice = schema.oneOf?.find(one => one.$ref);
  if (choice) return { ...lean(choice, service), nullable: true };
  const kinds = [schema.type].flat().filter(Boolean);
  const known = {
    type: kinds.find(kind => kind !== 'null'),
    nullable: kinds.includes('null') || undefined,
    format: schema.format,
    enum: schema.enum,
    minimum: schema.minimum,
    maximum: schema.maximum,
    above: schema.exclusiveMinimum,
    maxLength: schema.maxLength,
    default: schema.default,
    required: schema.required,
    items: schema.items && lean(schema.items, service),
    properties:
      schema.properties && Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, lean(one, service)])),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
