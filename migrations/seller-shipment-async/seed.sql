-- after: 7d3b90e4c1f6
INSERT INTO seller (id, name, email) VALUES
  ('0b8f6d2ae5c14d0f9a3e7c5b1d2f4a60', 'Harbour Pottery', 'orders@harbour.example'),
  ('1c9e7f3bf6d25e1f8b4f8d6c2e3a5b71', 'Olive & Rye', 'hello@oliverye.example');
INSERT INTO shipment (id, content, weight, status, seller_id) VALUES
  ('2d0f8a4ca7e36f2a9c5a9e7d3f4b6c82', 'Stoneware bowls', 12.5, 'placed', '0b8f6d2ae5c14d0f9a3e7c5b1d2f4a60'),
  ('3e1a9b5db8f47a3b0d6b0f8e4a5c7d93', 'Rye flour', 25.0, 'delivered', '1c9e7f3bf6d25e1f8b4f8d6c2e3a5b71');
