// QR codes after ISO/IEC 18004: bytes only, versions 1 to 10, error correction level M (15 % may be unreadable).

// A version's error correction codewords in each block, then how many data codewords each of its blocks has.
const versions = [
  [10, [16]],
  [16, [28]],
  [26, [44]],
  [18, [32, 32]],
  [24, [43, 43]],
  [16, [27, 27, 27, 27]],
  [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]],
  [22, [36, 36, 36, 37, 37]],
  [26, [43, 43, 43, 43, 44]],
];
const alignment = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const quietZone = 4;

/** The code as an SVG element, dark on white also on a dark page: scanners want it so. */
export function qrSvg(text, label) {
  const matrix = qrMatrix(text);
  const side = matrix.length + 2 * quietZone;
  const dark = matrix.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + quietZone} ${y + quietZone}h1v1h-1z`] : []))).join("");
  const svg = make("svg", { viewBox: `0 0 ${side} ${side}`, class: "qr", role: "img", "aria-label": label, "shape-rendering": "crispEdges" });
  svg.append(make("rect", { width: side, height: side, fill: "#fff" }), make("path", { d: dark, fill: "#000" }));
  return svg;
}

function make(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** Rows of modules, true where dark. */
export function qrMatrix(text) {
  const bytes = new TextEncoder().encode(text);
  const version = smallestVersion(bytes.length);
  const bits = interleaved(dataCodewords(bytes, version), version).flatMap(codeword => toBits(codeword, 8));
  const plain = new Code(version);
  plain.place(bits);
  let best = null;
  for (let mask = 0; mask < 8; mask++) {
    const symbol = plain.masked(mask);
    const penalty = symbol.penalty();
    if (best === null || penalty < best.penalty) best = { symbol, penalty };
  }
  return best.symbol.modules;
}

const lengthBits = version => (version < 10 ? 8 : 16);
const dataSize = version => versions[version - 1][1].reduce((sum, size) => sum + size, 0);

function smallestVersion(length) {
  for (let version = 1; version <= versions.length; version++) {
    if (4 + lengthBits(version) + length * 8 <= dataSize(version) * 8) return version;
  }
  throw new RangeError(`${length} bytes are too many for a QR code here; at most 213 fit.`);
}

const toBits = (value, count) => Array.from({ length: count }, (_, i) => (value >> (count - 1 - i)) & 1);

function dataCodewords(bytes, version) {
  const byteMode = 0b0100;
  const size = dataSize(version);
  const bits = [...toBits(byteMode, 4), ...toBits(bytes.length, lengthBits(version)), ...[...bytes].flatMap(byte => toBits(byte, 8))];
  bits.push(...Array(Math.min(4, size * 8 - bits.length)).fill(0));
  bits.push(...Array((8 - (bits.length % 8)) % 8).fill(0));
  const codewords = [];
  for (let at = 0; at < bits.length; at += 8) codewords.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0xec; codewords.length < size; pad ^= 0xec ^ 0x11) codewords.push(pad);
  return codewords;
}

function interleaved(data, version) {
  const [checkSize, sizes] = versions[version - 1];
  let at = 0;
  const blocks = sizes.map(size => data.slice(at, at += size));
  const checks = blocks.map(block => errorCorrection(block, checkSize));
  const columns = (parts, length) => Array.from({ length }, (_, i) => parts.map(part => part[i])).flat().filter(codeword => codeword !== undefined);
  return [...columns(blocks, Math.max(...sizes)), ...columns(checks, checkSize)];
}

// The field GF(256) with the polynomial x^8 + x^4 + x^3 + x^2 + 1.
const powers = [];
for (let i = 0, value = 1; i < 255; i++) {
  powers.push(value);
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const logarithms = new Map(powers.map((value, exponent) => [value, exponent]));
const times = (a, b) => (a === 0 || b === 0 ? 0 : powers[(logarithms.get(a) + logarithms.get(b)) % 255]);

/** Reed-Solomon: the remainder of the data, as a polynomial, by the product of (x - 2^i), i < count. */
export function errorCorrection(data, count) {
  let generator = [1];
  for (let i = 0; i < count; i++) {
    const shifted = [...generator, 0];
    generator.forEach((factor, at) => { shifted[at + 1] ^= times(factor, powers[i]); });
    generator = shifted;
  }
  const rest = [...data, ...Array(count).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i];
    generator.forEach((factor, at) => { rest[i + at] ^= times(factor, lead); });
  }
  return rest.slice(data.length);
}

/** The 15 bits that say level M and the mask, with their own error correction. */
export function formatBits(mask) {
  return ((mask << 10) | remainder(mask << 10, 0x537)) ^ 0x5412;
}

/** The 18 bits that say the version, from version 7. */
export function versionBits(version) {
  return (version << 12) | remainder(version << 12, 0x1f25);
}

const bitLength = value => 32 - Math.clz32(value);

function remainder(value, generator) {
  while (bitLength(value) >= bitLength(generator)) value ^= generator << (bitLength(value) - bitLength(generator));
  return value;
}

const masks = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Code {
  constructor(version) {
    this.version = version;
    this.side = 17 + 4 * version;
    this.modules = Array.from({ length: this.side }, () => Array(this.side).fill(false));
    // Modules that are no data: neither filled nor masked.
    this.fixed = Array.from({ length: this.side }, () => Array(this.side).fill(false));
    this.#timing();
    this.#finders();
    this.#alignments();
    this.#format(0);
    this.#versionInformation();
  }

  #set(x, y, isDark) {
    this.modules[y][x] = isDark;
    this.fixed[y][x] = true;
  }

  #timing() {
    for (let i = 0; i < this.side; i++) {
      this.#set(6, i, i % 2 === 0);
      this.#set(i, 6, i % 2 === 0);
    }
  }

  #finders() {
    for (const [left, top] of [[0, 0], [this.side - 7, 0], [0, this.side - 7]]) {
      for (let dy = -1; dy <= 7; dy++) {
        for (let dx = -1; dx <= 7; dx++) {
          const [x, y] = [left + dx, top + dy];
          if (x < 0 || y < 0 || x >= this.side || y >= this.side) continue;
          const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
          this.#set(x, y, ring !== 2 && ring !== 4);
        }
      }
    }
  }

  #alignments() {
    const centres = alignment[this.version - 1];
    const last = centres.length - 1;
    centres.forEach((y, row) => centres.forEach((x, column) => {
      const isFinder = (row === 0 && column === 0) || (row === 0 && column === last) || (row === last && column === 0);
      if (isFinder) return;
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) this.#set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      }
    }));
  }

  #format(mask) {
    const bits = formatBits(mask);
    const bit = i => ((bits >> i) & 1) === 1;
    const end = this.side - 1;
    for (let i = 0; i < 15; i++) {
      // Once around the upper left finder, past the timing lines …
      const near = i < 6 ? [8, i] : i < 8 ? [8, i + 1] : i === 8 ? [7, 8] : [14 - i, 8];
      this.#set(...near, bit(i));
      // … and once in two parts, below the upper right and beside the lower left one.
      const far = i < 8 ? [end - i, 8] : [8, end - 14 + i];
      this.#set(...far, bit(i));
    }
    this.#set(8, this.side - 8, true);
  }

  #versionInformation() {
    if (this.version < 7) return;
    const bits = versionBits(this.version);
    for (let i = 0; i < 18; i++) {
      const isDark = ((bits >> i) & 1) === 1;
      const [along, across] = [Math.floor(i / 3), this.side - 11 + (i % 3)];
      this.#set(across, along, isDark);
      this.#set(along, across, isDark);
    }
  }

  /** Fills in the data: two columns at a time from the right, upwards and downwards in turn. What is left stays light. */
  place(bits) {
    let next = 0;
    let isUpwards = true;
    for (let right = this.side - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let i = 0; i < this.side; i++) {
        const y = isUpwards ? this.side - 1 - i : i;
        for (const x of [right, right - 1]) {
          if (!this.fixed[y][x]) this.modules[y][x] = bits[next++] === 1;
        }
      }
      isUpwards = !isUpwards;
    }
  }

  masked(mask) {
    const symbol = new Code(this.version);
    symbol.#format(mask);
    for (let y = 0; y < this.side; y++) {
      for (let x = 0; x < this.side; x++) {
        if (!this.fixed[y][x]) symbol.modules[y][x] = this.modules[y][x] !== masks[mask](x, y);
      }
    }
    return symbol;
  }

  /** How hard it is to read, by the standard's four rules. */
  penalty() {
    const rows = this.modules.map(row => row.map(Number).join(""));
    const columns = this.modules.map((_, x) => this.modules.map(row => Number(row[x])).join(""));
    let sum = 0;
    for (const line of [...rows, ...columns]) {
      for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
      sum += 40 * [...line.matchAll(/(?=00001011101|10111010000)/g)].length;
    }
    for (let y = 1; y < this.side; y++) {
      for (let x = 1; x < this.side; x++) {
        const corner = rows[y][x];
        if (corner === rows[y][x - 1] && corner === rows[y - 1][x] && corner === rows[y - 1][x - 1]) sum += 3;
      }
    }
    const dark = rows.join("").replaceAll("0", "").length / (this.side * this.side);
    return sum + 10 * Math.floor(Math.abs(dark - 0.5) / 0.05);
  }
}
