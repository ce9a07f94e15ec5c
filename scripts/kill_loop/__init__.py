"""What `scripts/kill-loop` is made of."""
