import { describeProperties } from './describe-properties.ts';

describeProperties('mysql');
