/** The first line of an unattended run. In a file of its own, so that the idle path loads nothing else for it. */
export const opening = '🚀 Starting comprehensive database migration system...';
