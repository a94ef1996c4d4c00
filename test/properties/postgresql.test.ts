import { describeProperties } from './describe-properties.ts';

describeProperties('postgresql');
