"""SQLite FTS5 on the bench's chunks and questions: reads {"title","text"} and {"text"} lines, prints one JSON object."""
import json, re, sqlite3, sys, time

chunks, questions, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
database = sqlite3.connect(":memory:")
database.execute("create virtual table chunk using fts5(title, text)")
began = time.perf_counter()
count = 0
with open(chunks, encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        database.execute("insert into chunk (title, text) values (?, ?)", (record["title"], record["text"]))
        count += 1
database.commit()
took = time.perf_counter() - began
pages, size = database.execute("pragma page_count").fetchone()[0], database.execute("pragma page_size").fetchone()[0]

asked = []
with open(questions, encoding="utf-8") as lines:
    for line in lines:
        words = dict.fromkeys(re.findall(r"\w+", json.loads(line)["text"].lower()))
        asked.append(" OR ".join('"' + word + '"' for word in words))
times = []
for question in asked[:20] + asked:
    start = time.process_time()
    if question:
        database.execute("select rowid from chunk where chunk match ? order by bm25(chunk) limit ?", (question, limit)).fetchall()
    times.append((time.process_time() - start) * 1000)
times = sorted(times[20:])
at = lambda share: round(times[int(share * len(times))], 3)
print(json.dumps({"version": sqlite3.sqlite_version, "p50_ms": at(.5), "p95_ms": at(.95), "chunks_per_second": round(count / took), "memory_mb": round(pages * size / 1048576, 1)}))
