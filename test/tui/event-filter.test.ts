import { describe, expect, it } from 'vitest';
import { beginSearch, filterProblem, goOn, type Search } from '../../src/tui/screens/history/event-filter.ts';
import { play } from './support/play.ts';
import { historyOf } from './support/samples.ts';

const { events } = historyOf(25_000);

function whole(filter: string): Search {
  let search = beginSearch(events, filter);
  while (search.left > 0) search = goOn(search);
  return search;
}

describe('a search in a long history', () => {
  it('finds the newest first, at once, and the rest when it goes on', () => {
    const first = beginSearch(events, 'table3.');
    expect(first.left).toBe(15_000);
    expect(first.found.length).toBeGreaterThan(1000);
    expect(first.found.every(({ object }) => object?.startsWith('table3.'))).toBe(true);
    const all = whole('table3.').found;
    expect(all).toEqual(events.filter(({ object }) => object?.startsWith('table3.')).toReversed());
    expect(all.slice(0, first.found.length)).toEqual(first.found);
  });

  it('goes on between the keys, with the filter of the last key, and ends', () => {
    const game = play({ screen: 'history' }).hear({ kind: 'historyRead', history: { ...historyOf(1), events } });
    game.asked();
    game.press('/', 'add');
    // One search is under way, however many letters came: each letter begins at the newest again.
    expect(game.asked()).toEqual([{ kind: 'goOn' }]);
    for (let turns = 0; turns < 10; turns++) game.hear({ kind: 'wentOn' });
    expect(game.asked()).toEqual([{ kind: 'goOn' }]);
    const { screen } = game.state;
    expect(screen.name === 'history' && screen.search?.found.length).toBe(24_999);
    expect(game.hear({ kind: 'wentOn' }).asked()).toEqual([]);
  });
});

describe('what a filter does not understand', () => {
  it.each([
    ['since:foo', /since:foo.*version.*date/u],
    ['since:12x', /neither a version/u],
    ['tabel:x', /"tabel:" is unknown.*table:.*migration:.*kind:.*by:.*since:/u],
    ['users Sinse:3', /"Sinse:"/u],
  ])('%s is told, with what it does', (filter, told) => expect(filterProblem(filter)).toMatch(told));

  it.each([
    '',
    'users',
    'table:users',
    'since:',
    'since:2',
    'since:2026-1',
    'since:2026-11-01T10:00:00Z',
    'by: x',
    '10:30',
  ])('%j is understood', (filter) => expect(filterProblem(filter)).toBeUndefined());

  it('is looked for as a word, or finds nothing', () => {
    expect(whole('tabel:x').found).toEqual([]);
    expect(whole('since:foo').found).toEqual([]);
    expect(whole('since:24999').found.map(({ version }) => version)).toEqual([25_000, 24_999]);
    expect(whole('SINCE:2026-11-25T10:00:59').found.length).toBe(416);
  });
});
