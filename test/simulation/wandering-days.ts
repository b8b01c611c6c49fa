import { seededRandom } from '../../domain/statistics/seeded-random.ts';

const innerEdges = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];

export interface SimulatedDay {
  readonly counts: number[];
  readonly sum: number;
  readonly squares: number;
  readonly rows: number;
}

/** Normal rows of days whose own mean wanders by `wander` sigmas, counted on ten cells of equal mass. The same seed gives the same days. */
export function wanderingDays(seed: number, wander: number, rowsADay: number): (days: number, shift?: number) => SimulatedDay[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return (days, shift = 0) =>
    Array.from({ length: days }, () => {
      const mean = shift + wander * normal();
      const counts = new Array<number>(10).fill(0);
      let [sum, squares] = [0, 0];
      for (let row = 0; row < rowsADay; row += 1) {
        const value = mean + normal();
        let cell = 0;
        while (cell < 9 && value >= (innerEdges[cell] as number)) cell += 1;
        counts[cell] = (counts[cell] as number) + 1;
        sum += value;
        squares += value * value;
      }
      return { counts, sum, squares, rows: rowsADay };
    });
}

export function together(days: readonly SimulatedDay[]): SimulatedDay {
  return {
    counts: new Array(10).fill(0).map((_, cell) => days.reduce((sum, { counts }) => sum + (counts[cell] as number), 0)),
    sum: days.reduce((sum, day) => sum + day.sum, 0),
    squares: days.reduce((sum, day) => sum + day.squares, 0),
    rows: days.reduce((sum, day) => sum + day.rows, 0),
  };
}
