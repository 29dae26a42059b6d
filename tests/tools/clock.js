'use strict';
// Loaded before a program whose time a test drives: each line on the standard input is so many milliseconds that pass at once, and is answered.
// When the input ends, the test process has ended, and so does the program.
const RealDate = Date;
let passed = 0;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(RealDate.now() + passed);
  }

  static now() {
    return RealDate.now() + passed;
  }
}

globalThis.Date = new Proxy(ShiftedDate, { apply: () => new ShiftedDate().toString() });

require('node:readline').createInterface({ input: process.stdin })
  .on('line', (line) => {
    passed += Number(line);
    console.log(`passed ${passed}`);
  })
  .on('close', () => process.exit(0));
