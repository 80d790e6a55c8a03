"""What a person does and sees."""
