"""Persons and the organisations they speak for."""
