import { describeProperties } from './describe-properties.ts';

describeProperties('mariadb');
