/** How the names of those modules begin which the rolled declarations alone import. */
export const declaredModules = "declared:";
