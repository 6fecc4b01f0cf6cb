// Adds up xunit's XML reports and prints what was measured, and what was skipped and why; the last line is the total.
const fs = require("fs");

const plain = text => text
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")
    .replace(/&(lt|gt|quot|apos|amp|#x[0-9A-Fa-f]+);/g, (entity, name) =>
        ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" })[name] ?? String.fromCodePoint(parseInt(name.slice(2), 16)));

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
    const report = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
    const assembly = /<assembly [^>]*>/.exec(report)?.[0];
    // A pattern that matches nothing ends well, and has tested nothing.
    if (!assembly || / total="0"/.test(assembly)) {
        console.log(`${file} is missing or empty: its project ended without a report, or had no test to run.`);
        sum.failed++;
        continue;
    }
    for (const key of Object.keys(sum)) sum[key] += Number(new RegExp(` ${key}="(\\d+)"`).exec(assembly)?.[1] ?? 0);
    sum.failed += Number(/ errors="(\d+)"/.exec(assembly)?.[1] ?? 0);
    for (const [, name, body] of report.matchAll(/<test [^>]*?name="([^"]*)"[^>]*?(?<!\/)>([\s\S]*?)<\/test>/g)) {
        const reason = /<reason>([\s\S]*?)<\/reason>/.exec(body)?.[1];
        const output = /<output>([\s\S]*?)<\/output>/.exec(body)?.[1] ?? "";
        if (reason) console.log(`skipped: ${plain(name)}: ${plain(reason)}`);
        for (const line of plain(output).split("\n").filter(l => l.startsWith("measured: "))) console.log(line.trimEnd());
    }
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed) process.exitCode = 1;
