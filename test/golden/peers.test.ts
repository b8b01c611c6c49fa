import { describe, expect, it } from 'vitest';
import { chiSquare } from '../../domain/statistics/chi-square.ts';
import { hellinger } from '../../domain/statistics/hellinger.ts';
import { jensenShannon } from '../../domain/statistics/jensen-shannon.ts';
import { kolmogorovSmirnov } from '../../domain/statistics/kolmogorov-smirnov.ts';
import { kolmogorovSmirnovP } from '../../domain/statistics/kolmogorov-smirnov-p.ts';
import { lInfinity } from '../../domain/statistics/l-infinity.ts';
import { mannWhitney } from '../../domain/statistics/mann-whitney.ts';
import type { Moments } from '../../domain/statistics/moments.ts';
import { populationStabilityIndex } from '../../domain/statistics/population-stability-index.ts';
import { totalVariation } from '../../domain/statistics/total-variation.ts';
import { wasserstein } from '../../domain/statistics/wasserstein.ts';
import { welchT } from '../../domain/statistics/welch-t.ts';
import { binsOfDoane } from './bins-of-doane.ts';
import { onCells } from './on-cells.ts';
import { countBoth, type Vector, vectors } from './vectors.ts';

type Counts = number[];

const peers = {
  scipy: vectors('scipy_reference') ?? [],
  evidently: vectors('evidently_stattests') ?? [],
  frouros: vectors('frouros_distances') ?? [],
  nannyml: vectors('nannyml_univariate') ?? [],
  tfdv: vectors('tfdv_js_linf') ?? [],
  kayenta: vectors('kayenta_mannwhitney') ?? [],
  simple: vectors('simple_statistics') ?? [],
};
type Peer = keyof typeof peers;

/** Which vector a test is about, so that none is passed over in silence. */
const met = new Set<string>();

function one(peer: Peer, id: string): Vector {
  const found = peers[peer].find((vector) => vector.id === id);
  if (found === undefined) throw new Error(`no vector ${id} of ${peer}`);
  met.add(`${peer} ${id}`);
  return found;
}

function all(peer: Peer, says: RegExp): Vector[] {
  return peers[peer].filter(({ id }) => says.test(id)).map(({ id }) => one(peer, id));
}

/** The vector's own tolerance; where it states none, half a unit of the last place that it prints. */
function expectClose(ours: number | undefined, { id, tol_abs: tolerance }: Vector, theirs: number): void {
  const places = String(theirs).split('.')[1]?.length ?? 0;
  expect(Math.abs((ours ?? Number.NaN) - theirs), id).toBeLessThanOrEqual((tolerance ?? 0.5 * 10 ** -places) + 1e-12);
}

function expectRelative(ours: number | undefined, theirs: number, within: number, id: string): void {
  expect(Math.abs((ours ?? Number.NaN) - theirs), id).toBeLessThanOrEqual(within * Math.abs(theirs));
}

function wassersteinOf(u: number[], v: number[], weights: (number[] | null)[] = []): number {
  const { edges, cells } = onCells([u, v], weights);
  const [a, b] = cells as [(typeof cells)[0], (typeof cells)[0]];
  return wasserstein(a, b, edges) as number;
}

/** Counts of raw values, each distinct value in a cell of its own. */
function ranked(x: number[], y: number[]): [Counts, Counts] {
  const [a, b] = onCells([x, y]).cells;
  return [a?.cells ?? [], b?.cells ?? []];
}

function momentsOf(values: number[]): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { rows: values.length, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

/** Shares or counts by name, in the same order. */
function byName(p: Record<string, number>, q: Record<string, number>): [Counts, Counts] {
  const names = [...new Set([...Object.keys(p), ...Object.keys(q)])];
  return [names.map((name) => p[name] ?? 0), names.map((name) => q[name] ?? 0)];
}

describe.skipIf(peers.scipy.length === 0)('vectors of peers (skipped where the shared data are absent)', () => {
  describe("scipy's", () => {
    it('given Wasserstein with and without weights, when each value has its own cell, then the distance is theirs', () => {
      const cases = all('scipy', /^wasserstein_/);
      expect(cases).toHaveLength(10);
      for (const { input, expected, id } of cases) {
        expect(wassersteinOf(input.u, input.v, [input.u_weights, input.v_weights]), id).toBeCloseTo(expected, 8);
      }
    });

    it('given two-sided KS, then distance and exact p are theirs, to 1e-9', () => {
      const cases = all('scipy', /^ks_.*two-sided$/);
      expect(cases.length).toBeGreaterThan(5);
      for (const { input, expected, id } of cases) {
        const distance = kolmogorovSmirnov(...ranked(input.x, input.y))?.distance as number;
        expect(distance, id).toBeCloseTo(expected.statistic, 12);
        expectRelative(kolmogorovSmirnovP(distance, input.x.length, input.y.length), expected.p, 1e-9, id);
      }
    });

    it('given one-sided KS, then ours is the larger of the two sides: we ask only whether shapes differ, not which is above', () => {
      const sides = all('scipy', /^ks_.*(greater|less)$/);
      for (const { input, id } of sides.filter((side) => side.id.endsWith('greater'))) {
        const other = sides.find((side) => side.id === id.replace('greater', 'less'))?.expected.statistic ?? 0;
        const larger = Math.max(one('scipy', id).expected.statistic, other);
        expect(kolmogorovSmirnov(...ranked(input.x, input.y))?.distance, id).toBeCloseTo(larger, 12);
      }
    });

    it('given Mann-Whitney with ties, then U and the two-sided p are theirs', () => {
      for (const { input, expected, id } of all('scipy', /^mwu_ties/)) {
        const tested = mannWhitney(...ranked(input.y, input.x));
        expect(tested?.u, id).toBe(expected.U);
        expectRelative(tested?.pValue, expected.p, 1e-9, id);
      }
    });

    it('given Mann-Whitney without ties, then U and the two-sided p are theirs, and half of it is the side on which x lies', () => {
      const { input, expected } = one('scipy', 'mwu_asymptotic_two-sided');
      const tested = mannWhitney(...ranked(input.y, input.x));
      expect(tested?.u).toBe(expected.U);
      expect(tested?.effect).toBeCloseTo(expected.U / (input.x.length * input.y.length), 12);
      expectRelative(tested?.pValue, expected.p, 1e-9, 'two-sided');
      expectRelative((tested?.pValue as number) / 2, one('scipy', 'mwu_asymptotic_less').expected.p, 1e-9, 'less');
    });

    it('given the other one-sided and the exact Mann-Whitney, then ours is near: we have the two-sided normal approximation alone', () => {
      const near: Record<string, (pValue: number) => number> = {
        'mwu_exact_two-sided': (pValue) => pValue,
        mwu_exact_less: (pValue) => pValue / 2,
        mwu_exact_greater: (pValue) => 1 - pValue / 2,
        mwu_asymptotic_greater: (pValue) => 1 - pValue / 2,
      };
      for (const [id, side] of Object.entries(near)) {
        const { input, expected } = one('scipy', id);
        expect(Math.abs(side(mannWhitney(...ranked(input.y, input.x))?.pValue as number) - expected.p), id).toBeLessThan(0.05);
      }
    });

    it("given Welch's t, then t and p are theirs, to 1e-9", () => {
      const cases = all('scipy', /^welch_/);
      expect(cases).toHaveLength(2);
      for (const { input, expected, id } of cases) {
        const tested = welchT(momentsOf(input.b), momentsOf(input.a));
        expectRelative(tested?.t, expected.t, 1e-9, id);
        expectRelative(tested?.pValue, expected.p, 1e-9, id);
      }
    });
  });

  describe("Evidently's", () => {
    it('given PSI with an empty category, then it is equal: we share the floor of 1e-4', () => {
      const vector = one('evidently', 'psi_cat_zero_share');
      expectClose(populationStabilityIndex(...countBoth(vector.input.reference, vector.input.current)), vector, vector.expected);
    });

    it('given categories, then the Hellinger distance is equal', () => {
      const vector = one('evidently', 'hellinger_cat');
      expectClose(hellinger(vector.input.reference_counts, vector.input.current_counts), vector, vector.expected);
    });

    it('given their permuted total variation, then the distance they permute is ours: a larger one of the same rows has the smaller p', () => {
      const cases = all('evidently', /^tvd_permutation/);
      const measured = cases.map(({ input }) => totalVariation(input.reference_counts, input.current_counts) as number);
      for (const [index, distance] of measured.entries()) expect(distance).toBeCloseTo(cases[index]?.observed_tvd as number, 12);
      const byDistance = cases.toSorted((a, b) => (a.observed_tvd as number) - (b.observed_tvd as number)).map(({ expected }) => expected);
      expect(byDistance).toEqual([...byDistance].sort((a, b) => b - a));
    });

    it('given their chi-square, then ours is larger in p: theirs takes the reference as known, ours as a sample', () => {
      for (const { input, expected, id } of all('evidently', /^chi2_p_scaled_ref/)) {
        expect(chiSquare(input.reference_counts, input.current_counts)?.pValue as number, id).toBeGreaterThan(expected);
      }
    });

    it('given equal counts, then both chi-squares have p = 1', () => {
      const { input, expected } = one('evidently', 'chi2_p_identical');
      expect(chiSquare(input.reference_counts, input.current_counts)?.pValue).toBe(expected);
    });

    it('given their Mann-Whitney, then theirs is half of ours: it is one-sided, though its text says two-sided', () => {
      const vector = one('evidently', 'mann_whitney_p');
      const { pValue } = mannWhitney(...ranked(vector.input.reference, vector.input.current)) ?? { pValue: Number.NaN };
      expectClose(pValue / 2, vector, vector.expected);
    });

    it('given their t-test, then ours is larger in p: theirs pools the variances, ours is Welch’s', () => {
      const vector = one('evidently', 't_test_p');
      const { pValue } = welchT(momentsOf(vector.input.reference), momentsOf(vector.input.current)) ?? { pValue: Number.NaN };
      expect(pValue).toBeGreaterThan(vector.expected);
      expect(pValue).toBeCloseTo(vector.crosscheck_welch as number, 10);
    });
  });

  describe("frouros'", () => {
    it('given a contingency table, then chi-square and p are equal', () => {
      const { input, expected } = one('frouros', 'chi2_cat');
      const tested = chiSquare(...countBoth(input.reference, input.current));
      expect(tested?.statistic).toBeCloseTo(expected.statistic, 7);
      expect(tested?.pValue).toBeCloseTo(expected.p, 7);
    });

    it('given PSI of equal distributions, then it is equal: no cell of theirs is empty', () => {
      const vector = one('frouros', 'psi_same');
      expectClose(populationStabilityIndex(...equalWidth(vector.input.reference, vector.input.current)), vector, vector.expected);
    });

    it('given PSI of far distributions, then ours is smaller: their floor of empty cells is 2e-308, ours 1e-4', () => {
      const { input, expected } = one('frouros', 'psi_far');
      const ours = populationStabilityIndex(...equalWidth(input.reference, input.current)) as number;
      expect(ours).toBeGreaterThan(3);
      expect(ours).toBeLessThan(expected / 10);
    });

    it('given ten cells of equal width, then the Hellinger distances are equal, and with one of them the Bhattacharyya distance', () => {
      for (const vector of all('frouros', /^hellinger_/)) {
        expectClose(hellinger(...equalWidth(vector.input.reference, vector.input.current)), vector, vector.expected);
      }
      const vector = one('frouros', 'bhattacharyya_far');
      const distance = hellinger(...equalWidth(vector.input.reference, vector.input.current)) as number;
      expect(-Math.log(1 - distance ** 2)).toBeCloseTo(vector.expected, 6);
    });

    it('given the complement of the intersection of histograms, then it is our total variation', () => {
      const vector = one('frouros', 'hi_complement_far');
      expectClose(totalVariation(...equalWidth(vector.input.reference, vector.input.current)), vector, vector.expected);
    });

    it('given Wasserstein of two samples of 100, then it is equal', () => {
      const vector = one('frouros', 'wasserstein_far');
      expectClose(wassersteinOf(vector.input.reference, vector.input.current), vector, vector.expected);
    });

    it('given Jensen-Shannon, then ours is near only: theirs is a natural-log distance over cells of smoothed curves, ours base 2 over counts', () => {
      const { input, expected } = one('frouros', 'js_far');
      const base2 = jensenShannon(...equalWidth(input.reference, input.current))?.distance as number;
      expect(Math.abs(base2 * Math.sqrt(Math.LN2) - expected)).toBeLessThan(0.05);
    });
  });

  describe("NannyML's", () => {
    it('given categories, then L-infinity is equal to its two places', () => {
      const cases = all('nannyml', /^linf_/);
      expect(cases).toHaveLength(3);
      for (const vector of cases)
        expectClose(lInfinity(...countBoth(vector.input.reference, vector.input.current)), vector, vector.expected);
    });

    it('given categories, or numbers of six values, then the base-2 distance is equal to its two places', () => {
      for (const id of ['js_categorical', 'js_quasi_continuous']) {
        const vector = one('nannyml', id);
        expectClose(jensenShannon(...countBoth(vector.input.reference, vector.input.current))?.distance, vector, vector.expected);
      }
    });

    it("given numbers on Doane's cells of the reference and one for all beyond, then the base-2 distance is equal to its two places", () => {
      const vector = one('nannyml', 'js_continuous');
      expectClose(jensenShannon(...binsOfDoane(vector.input.reference, vector.input.current))?.distance, vector, vector.expected);
    });

    it('given categories, then the Hellinger distance is equal to its two places', () => {
      const vector = one('nannyml', 'hellinger_categorical');
      expectClose(hellinger(...countBoth(vector.input.reference, vector.input.current)), vector, vector.expected);
    });

    it('given normal numbers moved by one, then the Wasserstein distance is equal to its two places', () => {
      const vector = one('nannyml', 'wasserstein_shift1');
      expectClose(wassersteinOf(vector.input.reference, vector.input.current), vector, vector.expected);
    });
  });

  describe("TensorFlow Data Validation's", () => {
    it('given aligned shares, then the base-2 divergence is equal: theirs is the divergence, NannyML’s the distance', () => {
      const { input, expected } = one('tfdv', 'js_div_rebucket');
      expect(jensenShannon(input.aligned_p, input.aligned_q)?.divergence).toBeCloseTo(expected, 10);
    });

    it('given buckets without overlap, or all rows on one point inside a wide bucket, then the divergence is 1', () => {
      expect(jensenShannon([2, 2, 0, 0], [0, 0, 2, 2])?.divergence).toBe(one('tfdv', 'js_div_no_overlap').expected);
      const pointBesideItsBucket = jensenShannon([0, 0, 21, 0], [150, 200, 0, 20])?.divergence;
      expect(pointBesideItsBucket).toBe(one('tfdv', 'js_div_point_mass_inside_bucket').expected);
    });

    it('given shares of tokens, some missing on either side, then L-infinity is equal', () => {
      for (const id of ['linf_normal', 'linf_missing_both']) {
        const { input, expected } = one('tfdv', id);
        expect(lInfinity(...byName(input.p, input.q)), id).toBeCloseTo(expected, 12);
      }
    });

    it('given ten times the rows in equal shares, then ours is 0: their normalised difference is one of raw counts', () => {
      const { input, expected } = one('tfdv', 'norm_abs_diff_scales');
      expect(expected).toBeGreaterThan(0.6);
      expect(lInfinity(...byName(input.p, input.q))).toBeCloseTo(0, 12);
    });
  });

  describe("Kayenta's", () => {
    it('given its interval of the shift, then it leaves out 0 exactly when our p is under .05: it gives a shift, we an effect of ranks', () => {
      for (const { input, expected, id } of all('kayenta', /Estimate/)) {
        const tested = mannWhitney(...ranked(input.control, input.experiment));
        expect(expected.ci_low > 0 || expected.ci_high < 0, id).toBe((tested?.pValue as number) < 0.05);
        expect(Math.sign((tested?.effect as number) - 0.5), id).toBe(Math.sign(expected.estimate));
      }
    });

    it('given the samples moved wholly apart, then z is theirs at both ends of the range it searches', () => {
      const { input, expected } = one('kayenta', 'Mann-Whitney Intermediate Values / Variables');
      const moved = (by: number) =>
        mannWhitney(
          ...ranked(
            input.control,
            input.experiment.map((value: number) => value - by),
          ),
        )?.z as number;
      expect(moved(expected.rMumin) - expected.rZqLower).toBeCloseTo(expected.rFlower1, 9);
      expect(moved(expected.rMumax) - expected.rZqUpper).toBeCloseTo(expected.rFupper2, 9);
    });
  });

  describe("simple-statistics'", () => {
    it('given samples of one size, then t is equal; of two sizes it is another: theirs pools the variances, ours is Welch’s', () => {
      const equal = one('simple', 't_two_sample_equal');
      expectClose(welchT(momentsOf(equal.input.y), momentsOf(equal.input.x))?.t, equal, equal.expected);
      const { input, expected } = one('simple', 't_two_sample_unequal_n');
      const t = welchT(momentsOf(input.y), momentsOf(input.x))?.t as number;
      expect(Math.abs(t - expected)).toBeGreaterThan(0.01);
      expect(Math.sign(t)).toBe(Math.sign(expected));
    });
  });

  it('given every vector of these peers, then it is met above or named here as a statistic we do not have', () => {
    const notOurs: Record<Peer, RegExp> = {
      scipy: /^$/,
      evidently: /^(anderson_darling|g_test|epps_singleton|energy_distance|cramer_von_mises|fisher_exact|text_domain_classifier)/,
      frouros: /^(energy_far|mmd_|rbf_kernel_)/,
      nannyml: /^$/,
      tfdv: /^$/,
      kayenta: /^$/,
      simple: /^t_one_sample$/,
    };
    const passedOver = Object.entries(peers).flatMap(([peer, cases]) =>
      cases.filter(({ id }) => !met.has(`${peer} ${id}`) && !notOurs[peer as Peer].test(id)).map(({ id }) => `${peer} ${id}`),
    );
    expect(passedOver).toEqual([]);
  });
});

/** Ten cells of equal width over the joint range, as frouros counts. */
function equalWidth(reference: readonly number[], current: readonly number[]): [number[], number[]] {
  const both = [...reference, ...current];
  const [low, high] = [Math.min(...both), Math.max(...both)];
  const count = (sample: readonly number[]) => {
    const cells = new Array<number>(10).fill(0);
    for (const value of sample) {
      const cell = Math.min(9, Math.floor(((value - low) / (high - low)) * 10));
      cells[cell] = (cells[cell] as number) + 1;
    }
    return cells;
  };
  return [count(reference), count(current)];
}
