"""What is tried and what came of it: goals, experiments, results, responses, evidence."""
