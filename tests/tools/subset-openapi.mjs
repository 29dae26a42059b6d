// Cuts the calls that the desk makes out of Qdrant's OpenAPI description, with the components they need:
//   node subset-openapi.mjs openapi.json > ../QdrantStandIn/qdrant-openapi-subset.json
// The description is docs/redoc/master/openapi.json of Qdrant's repository (Apache License 2.0).
import { readFileSync } from 'node:fs';

const calls = {
  '/': ['get'],
  '/aliases': ['get'],
  '/collections': ['get'],
  '/collections/aliases': ['post'],
  '/collections/{collection_name}': ['get', 'put', 'delete'],
  '/collections/{collection_name}/index': ['put'],
  '/collections/{collection_name}/points': ['put'],
  '/collections/{collection_name}/points/count': ['post'],
  '/collections/{collection_name}/points/delete': ['post'],
  '/collections/{collection_name}/points/payload': ['post'],
  '/collections/{collection_name}/points/query/batch': ['post'],
  '/collections/{collection_name}/snapshots': ['get', 'post'],
  '/collections/{collection_name}/snapshots/{snapshot_name}': ['get'],
  '/collections/{collection_name}/snapshots/recover': ['put'],
};

const all = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const schemas = {};

function need(node) {
  if (Array.isArray(node)) return node.forEach(need);
  if (node === null || typeof node !== 'object') return;
  const name = node.$ref?.split('/').pop();
  if (name && !(name in schemas)) {
    schemas[name] = withoutProse(all.components.schemas[name]);
    need(schemas[name]);
  }
  Object.values(node).forEach(need);
}

function withoutProse(node) {
  if (Array.isArray(node)) return node.map(withoutProse);
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key, value]) => !(['description', 'example', 'deprecated'].includes(key) && typeof value !== 'object' || key === 'example'));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value)]));
}

const paths = {};
for (const [path, methods] of Object.entries(calls)) {
  paths[path] = {};
  for (const method of methods) {
    const { operationId, parameters, requestBody, responses } = all.paths[path][method];
    paths[path][method] = withoutProse({ operationId, parameters, requestBody, responses: { 200: responses['200'] } });
    need(paths[path][method]);
  }
}

process.stdout.write(JSON.stringify({
  openapi: all.openapi,
  info: { title: `The part of ${all.info.title} ${all.info.version} (1.19) that the desk uses, made by tests/tools/subset-openapi.mjs`, license: all.info.license, version: all.info.version },
  paths,
  components: { schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))) },
}, null, 1) + '\n');
