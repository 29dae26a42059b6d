// MiniSearch on the bench's chunks and questions: reads {"title","text"} and {"text"} lines, prints one JSON object.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const [chunks, questions, limit, modules] = process.argv.slice(2)
const require = createRequire(modules + '/')
const MiniSearch = require('minisearch')
const lines = file => readFileSync(file, 'utf8').split('\n').filter(line => line).map(line => JSON.parse(line))

const documents = lines(chunks).map((record, id) => ({ id, ...record }))
global.gc?.()
const before = process.memoryUsage().heapUsed
const began = performance.now()
const index = new MiniSearch({ fields: ['title', 'text'] })
index.addAll(documents)
const took = (performance.now() - began) / 1000
global.gc?.()
const memory = (process.memoryUsage().heapUsed - before) / 1048576

const asked = lines(questions).map(question => question.text)
const times = []
for (const question of [...asked.slice(0, 20), ...asked]) {
  const start = process.cpuUsage()
  index.search(question).slice(0, Number(limit))
  const used = process.cpuUsage(start)
  times.push((used.user + used.system) / 1000)
}
const sorted = times.slice(20).sort((one, other) => one - other)
const at = share => Math.round(sorted[Math.floor(share * sorted.length)] * 1000) / 1000
console.log(JSON.stringify({ version: JSON.parse(readFileSync(modules + '/minisearch/package.json', 'utf8')).version, p50_ms: at(0.5), p95_ms: at(0.95), chunks_per_second: Math.round(documents.length / took), memory_mb: Math.round(memory * 10) / 10 }))
