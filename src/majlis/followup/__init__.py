"""What becomes of recommendations: letters to addressees, their answers, plans, progress, proof."""
