import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes starts first, so that no worker is left with it at the end while the other waits. */
const longest = [
  'properties/',
  'faults/',
  'upgrade/',
  'scenarios/errors/',
  'packaging/',
  'scenarios/sequence-',
  'generated/portable',
  'cli/generate',
  'adopt/',
  'convergence/random',
  'scenarios/releases',
  'cli/blocked',
  'cli/run',
  'operations/',
];

/** The order of test files: known long ones, then as Vitest would have it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((part) => moduleId.includes(`/test/${part}`));
  return at < 0 ? longest.length : at;
}
