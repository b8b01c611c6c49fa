import type { NamedMetric, Task } from './policy.ts';

/** What a task is measured by where the user names no metric. */
export function usualMetric(task: Task['kind']): NamedMetric {
  switch (task) {
    case 'regression':
      return 'mae';
    case 'classification':
      return 'accuracy';
    case 'ranking':
      return 'ndcg';
  }
}
