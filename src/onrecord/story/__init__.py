"""What all reports together say."""
