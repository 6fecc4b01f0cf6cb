// Sums test reports (CTRF) and names what was skipped and why; the last line is the sum.
const fs = require("fs");

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
    const { summary, tests } = JSON.parse(fs.readFileSync(file, "utf8")).results;
    for (const key of Object.keys(sum)) sum[key] += summary[key] ?? 0;
    for (const test of tests ?? [])
        if (test.status === "skipped") console.log(`skipped: ${test.name}: ${test.message ?? "no reason given"}`);
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
