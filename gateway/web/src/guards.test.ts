import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = resolve('src');
const CHINESE = /[\u4e00-\u9fff]/;
const WORD = /\p{L}{2}/u;
const SHOWN = new Set(['title', 'label', 'placeholder', 'aria-label', 'alt', 'description', 'tooltip']);
/** Names, and what keyboards have on them. */
const UNTRANSLATED = new Set(['Mes', 'CSV', 'Excel (XLSX)', 'Ctrl K', 'HH:mm', 'YYYY年M月D日']);

const filesOf = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : /\.tsx?$/.test(name) && !/\.(test|d)\./.test(name) ? [path] : [];
  });

/** Texts that stand in a component instead of in a pair of both languages. */
function hardCodedTexts(name: string, source: string): string[] {
  const found: string[] = [];
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const tell = (text: string) => {
    if (WORD.test(text) && !UNTRANSLATED.has(text.trim())) found.push(`${name}: ${text.trim()}`);
  };
  const isPair = (node: ts.Node) => ts.isArrayLiteralExpression(node) && node.elements.length === 2;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) tell(node.text);
    if (ts.isJsxAttribute(node) && SHOWN.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer))
      tell(node.initializer.text);
    if ((ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && CHINESE.test(node.text) && !isPair(node.parent))
      tell(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Imports from one feature into another, from a lower folder into a higher, and around the alias. */
function forbiddenImports(path: string, source: string): string[] {
  const [area, feature] = relative(SRC, path).split('/');
  const above: Record<string, string[]> = {
    lib: ['components', 'features', 'app'],
    components: ['features', 'app'],
    features: ['app'],
    terminal: ['components', 'features', 'app'], // the desk's kit is too large for it
  };
  return [...source.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)]
    .map(match => (match[1] ?? match[2])!)
    .flatMap(name => {
      const target = name.startsWith('.')
        ? relative(SRC, resolve(dirname(path), name))
        : name.startsWith('@/')
          ? name.slice(2)
          : null;
      if (target === null) return [];
      const [targetArea, targetFeature] = target.split('/');
      const isSibling = area === 'features' && targetArea === 'features' && targetFeature !== feature;
      return isSibling || above[area!]?.includes(targetArea!) ? [`${relative(SRC, path)} imports ${name}`] : [];
    });
}

const sources = filesOf(SRC).map(path => ({ path, text: readFileSync(path, 'utf8') }));

describe('Texts', () => {
  it('stand in both languages everywhere', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.flatMap(({ path, text }) => hardCodedTexts(relative(SRC, path), text))).toEqual([]);
  });

  it.each([
    ['<p>Save it</p>', 'Save it'],
    ['<input placeholder="Type here" />', 'Type here'],
    ["const one = '工单';", '工单'],
  ])('are found where they do not: %s', (source, text) => {
    expect(hardCodedTexts('x.tsx', source)).toEqual([`x.tsx: ${text}`]);
  });
});

/** Punctuation of half a width beside Chinese; keys and placeholders stay as they are. */
const halfWidthOf = (name: string, source: string): string[] =>
  [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'/g)]
    .map(match => match[1]!)
    .filter(text => CHINESE.test(text) && /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(text.replace(/\{[^}]*\}/g, '字')))
    .map(text => `${name}: ${text}`);

describe('Chinese', () => {
  it('has punctuation of full width', () => {
    const own = sources.filter(({ path }) => !path.endsWith('PrintPage.tsx')); // which is being rewritten
    expect(own.flatMap(({ path, text }) => halfWidthOf(relative(SRC, path), text))).toEqual([]);
  });

  it.each(["const one = '延误:计划 {end} 完成';", "const one = ['{name},您好', 'Hello'];"])(
    'is found where it has not: %s',
    source => {
      expect(halfWidthOf('x.tsx', source)).toHaveLength(1);
    },
  );
});

describe('Imports', () => {
  it('go from features to the kit and the library, never to another feature', () => {
    expect(sources.flatMap(({ path, text }) => forbiddenImports(path, text))).toEqual([]);
  });

  it.each([
    ['features/orders/A.tsx', "import { B } from '@/features/quality/B';"],
    ['features/orders/A.tsx', "import { B } from '../quality/B';"],
    ['features/orders/A.tsx', "import { B } from '@/app/B';"],
    ['components/A.tsx', "import { B } from '@/features/orders/B';"],
    ['lib/a.ts', "import { B } from '@/components/B';"],
    ['terminal/A.tsx', "import { B } from '@/components/B';"],
  ])('are found where they do: %s %s', (path, source) => {
    expect(forbiddenImports(join(SRC, path), source)).toHaveLength(1);
  });
});
