import { falseAlarmLevel } from '../../domain/report/false-alarm-level.ts';
import { policyOf } from '../report/watched-model.ts';

/** Of the inputs' layer by the policy's default budget: one false alarm in 90 days, looked at daily, in four layers. */
export const dailyLevel = falseAlarmLevel(policyOf().watch.falseAlarms, 1).layer;
