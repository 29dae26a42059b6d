// node validate.js SCHEMA < JSON: prints one line for each problem, exits with 1 if there is one.
const fs = require('fs');
const schema = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const { default: Ajv } = schema.$schema.includes('2019-09') ? require('ajv/dist/2019') : require('ajv');
const ajv = new Ajv({ allErrors: true, strict: false });
require('ajv-formats')(ajv);
if (schema.$schema.includes('draft-04')) {
  delete schema.$schema;
  delete schema.id;
}
// What azd's extensions allow lies in files of their own; nothing here uses them.
for (const [, elsewhere] of JSON.stringify(schema).matchAll(/"\$ref":"(https:[^"#]+)"/g))
  if (!ajv.getSchema(elsewhere))
    ajv.addSchema({}, elsewhere);
const validate = ajv.compile(schema);
if (!validate(JSON.parse(fs.readFileSync(0, 'utf8')))) {
  for (const error of validate.errors)
    console.log(`${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
  process.exitCode = 1;
}
