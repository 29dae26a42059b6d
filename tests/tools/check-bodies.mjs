// Checks request bodies against an OpenAPI description. Reads one {"method","path","body"} a line, answers one line each: "ok" or what is wrong.
//   node check-bodies.mjs description.json
// Stricter than the description: a property it does not name is a mistake, since a server that ignores it would hide it.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const description = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: false });
addFormats(ajv);
const whole = (least, most) => ({ type: 'number', validate: n => Number.isInteger(n) && n >= least && n <= most });
for (const name of ['uint', 'uint64']) ajv.addFormat(name, whole(0, Number.MAX_SAFE_INTEGER));
ajv.addFormat('uint32', whole(0, 2 ** 32 - 1));
ajv.addFormat('int64', whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER));
for (const name of ['float', 'double']) ajv.addFormat(name, { type: 'number', validate: Number.isFinite });
ajv.addFormat('partial-date-time', true);

// OpenAPI 3.0 writes null its own way.
function toJsonSchema(node) {
  if (Array.isArray(node)) return node.map(toJsonSchema);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest } = node;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, toJsonSchema(value)]));
  if (schema.properties && typeof schema.properties === 'object' && !('additionalProperties' in schema)) schema.additionalProperties = false;
  if (!nullable) return schema;
  return Object.keys(schema).length === 0 ? { type: 'null' } : { anyOf: [schema, { type: 'null' }] };
}

ajv.addSchema({ $id: 'api', ...toJsonSchema({ components: description.components }) });
const known = Object.keys(description.paths).map(path => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`) }))
  // "/collections/aliases" is no collection.
  .sort((a, b) => (a.path.match(/\{/g) ?? []).length - (b.path.match(/\{/g) ?? []).length);
const checks = new Map();

function check({ method, path, body }) {
  const found = known.find(one => one.pattern.test(path) && description.paths[one.path][method.toLowerCase()]);
  if (!found) return `${method} ${path} is no call of the description`;
  const key = `${method} ${found.path}`;
  if (!checks.has(key)) {
    const schema = description.paths[found.path][method.toLowerCase()].requestBody?.content?.['application/json']?.schema;
    checks.set(key, schema ? ajv.compile(JSON.parse(JSON.stringify(toJsonSchema(schema)).replaceAll('"#/components', '"api#/components'))) : null);
  }
  const validate = checks.get(key);
  if (!validate) return body === null ? 'ok' : `${key} takes no body`;
  if (body === null) return `${key} needs a body`;
  return validate(body) ? 'ok' : `${key}: ${ajv.errorsText(validate.errors)}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = check(JSON.parse(line));
  } catch (e) {
    answer = `cannot be checked: ${e.message}`;
  }
  process.stdout.write(answer.replaceAll('\n', ' ') + '\n');
}
