// Writes the parts of docker-compose.yml and the Dockerfile that follow from the registry; `-- --check` reports what differs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RegisteredSubgraph, registry } from '../subgraphs/registry.ts';
import { writeOrCheck } from './drift.ts';
import { root } from './subgraph-list.ts';

/** The text with everything between `# begin <part>` and `# end <part>` replaced. Throws where the marks are not there. */
function withPart(text: string, part: string, lines: readonly string[]): string {
  const marked = new RegExp(`^( *)(# begin ${part}\\b.*\\n)[^]*?^ *# end ${part}$`, 'm');
  if (!marked.test(text)) throw new Error(`no marks around ${part}`);
  return text.replace(marked, (_all, indent: string, begin: string) => {
    const body = lines.map((line) => `${indent}${line}\n`).join('');
    return `${indent}${begin}${body}${indent}# end ${part}`;
  });
}

const containerOf = ({ name, outbound }: RegisteredSubgraph): string[] => [
  `${name}:`,
  '  <<: *service',
  `  command: ["node", "subgraphs/${name}/src/main.ts"]`,
  '  environment: *environment',
  ...(outbound ? ['  networks: [services, data, outside]'] : []),
];

const addresses = [...registry.map(({ name }) => `${name}=http://${name}:4000`), 'gateway=http://gateway:4001'];

const [compose, dockerfile] = ['docker-compose.yml', 'Dockerfile'].map((name) => join(root, name)) as [string, string];
const parts: [part: string, lines: string[]][] = [
  ['addresses', [`SUBGRAPHS: ${addresses.join(',')}`]],
  ['containers', registry.flatMap(containerOf)],
  ['needs', registry.map(({ name }) => `${name}: { condition: service_healthy }`)],
];
const composed = parts.reduce((text, [part, lines]) => withPart(text, part, lines), readFileSync(compose, 'utf8'));
const packages = registry.map(({ name }) => `COPY subgraphs/${name}/package.json subgraphs/${name}/`);
const built = withPart(readFileSync(dockerfile, 'utf8'), 'packages', packages);
writeOrCheck(
  [
    { path: compose, content: composed },
    { path: dockerfile, content: built },
  ],
  'containers',
);
