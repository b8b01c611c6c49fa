/**
 * Draws from the binomial distribution: by inversion where fewer than ten are expected, else by transformed rejection.
 *
 * Source: Hörmann, "The generation of binomial random variates", 1993, algorithm BTRS.
 */
export function binomial(random: () => number): (trials: number, probability: number) => number {
  const atMostHalf = (trials: number, p: number) => (trials * p < 10 ? byInversion(random, trials, p) : byRejection(random, trials, p));
  return (trials, probability) => {
    if (trials === 0 || probability <= 0) return 0;
    if (probability >= 1) return trials;
    return probability <= 0.5 ? atMostHalf(trials, probability) : trials - atMostHalf(trials, 1 - probability);
  };
}

function byInversion(random: () => number, n: number, p: number): number {
  const odds = p / (1 - p);
  let chance = (1 - p) ** n;
  let left = random();
  for (let k = 0; k < n; k += 1) {
    if (left <= chance) return k;
    left -= chance;
    chance *= ((n - k) / (k + 1)) * odds;
  }
  return n;
}

function byRejection(random: () => number, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const odds = p / (1 - p);
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = random() - 0.5;
    const v = 1 - random();
    const inside = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / inside + b) * u + n * p + 0.5);
    if (inside >= 0.07 && v <= 0.92 - 4.2 / b) return k;
    if (k < 0 || k > n) continue;
    const bound =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (n - mode + 1))) +
      (n + 1) * Math.log((n - mode + 1) / (n - k + 1)) +
      (k + 0.5) * Math.log((odds * (n - k + 1)) / (k + 1)) +
      logFactorialRest(mode) +
      logFactorialRest(n - mode) -
      logFactorialRest(k) -
      logFactorialRest(n - k);
    if (Math.log((v * alpha) / (a / (inside * inside) + b)) <= bound) return k;
  }
}

/** ln k! less its Stirling approximation at k + 1: ln sqrt(2 pi) + (k + 1/2) ln(k + 1) - (k + 1). */
function logFactorialRest(k: number): number {
  if (k < 10) return exactRests[k] as number;
  const square = (k + 1) ** 2;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

const exactRests = Array.from({ length: 10 }, (_, k) => {
  let logFactorial = 0;
  for (let factor = 2; factor <= k; factor += 1) logFactorial += Math.log(factor);
  return logFactorial - (Math.log(2 * Math.PI) / 2 + (k + 0.5) * Math.log(k + 1) - (k + 1));
});
