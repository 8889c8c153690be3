"""What touches the disk, the network or the process; run as `python -m scripts.<verb>`."""
