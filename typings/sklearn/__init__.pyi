"""What this project uses of scikit-learn."""
